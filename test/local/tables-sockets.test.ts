import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { TablesSockets } from '../../local/engines/tables-sockets.ts';
import { textOf } from '../../local/services/aws-http.ts';

type Answering = (socket: Socket, request: string) => void;

let server: Server | undefined;
let sockets: Socket[] = [];

/** A server that answers each whole request as a test says. */
async function tables(answer: Answering): Promise<TablesSockets> {
  const listening = createServer((socket) => {
    sockets.push(socket);
    let seen = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (chunk: string) => {
      seen += chunk;
      const length = Number(/content-length: (\d+)/.exec(seen)?.[1] ?? Number.NaN);
      const from = seen.indexOf('\r\n\r\n') + 4;
      if (Buffer.byteLength(seen.slice(from)) < length) return;
      const request = seen;
      seen = '';
      answer(socket, request);
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return new TablesSockets(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
}

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server?.close();
});

const answerOf = (body: string, status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nx-amzn-requestid: R1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const bodyOf = (request: string): string => request.slice(request.indexOf('\r\n\r\n') + 4);

describe('TablesSockets', () => {
  test('sends target, body and its length in bytes, and reads status, headers and body', async () => {
    const requests: string[] = [];
    const engine = await tables((socket, request) => {
      requests.push(request);
      socket.write(answerOf('{"é":1}', '400 Bad Request'));
    });
    const { status, headers, body } = await engine.json('DynamoDB_20120810.GetItem', '{"ü":"ß"}');
    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-amzn-requestid': 'R1' });
    expect(textOf(body)).toBe('{"é":1}');
    expect(requests[0]).toContain('x-amz-target: DynamoDB_20120810.GetItem\r\n');
    expect(requests[0]).toContain('content-length: 11\r\n');
  });

  test('puts an answer together that comes in pieces, and one that is longer than what is read at once', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(300_000) });
    const engine = await tables((socket, request) => {
      const text = answerOf(bodyOf(request) === 'long' ? long : '{"a":1}');
      const cuts = [0, 9, 40, text.length - 3, text.length];
      for (const [index, to] of cuts.entries()) {
        const piece = text.slice(cuts[index - 1] ?? 0, to);
        setTimeout(() => socket.write(piece), 10 * index);
      }
    });
    expect(textOf((await engine.json('T', 'short')).body)).toBe('{"a":1}');
    expect(textOf((await engine.json('T', 'long')).body)).toBe(long);
  });

  test('keeps one request on each connection, and no answer of another', async () => {
    const engine = await tables((socket, request) => {
      setTimeout(() => socket.write(answerOf(bodyOf(request))), Number(bodyOf(request)) % 5);
    });
    const asked = Array.from({ length: 300 }, (_, index) => `${index}`);
    const answers = await Promise.all(asked.map((one) => engine.json('T', one)));
    expect(answers.map(({ body }) => textOf(body))).toEqual(asked);
    expect(sockets.length).toBeLessThanOrEqual(64);
  });

  test('fails the request whose connection ends, and asks the next one anew', async () => {
    let count = 0;
    const engine = await tables((socket) => {
      count += 1;
      if (count === 1) socket.destroy();
      else socket.write(answerOf('{}'));
    });
    await expect(engine.json('T', '{}')).rejects.toThrow();
    expect((await engine.json('T', '{}')).status).toBe(200);
    // One that ends while nobody waits for it is not asked again.
    sockets.at(-1)?.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await engine.json('T', '{}')).status).toBe(200);
  });

  test('lets those go on that waited for a connection which ended', async () => {
    let count = 0;
    const engine = await tables((socket) => {
      count += 1;
      if (count <= 64) setTimeout(() => socket.destroy(), 20);
      else socket.write(answerOf('{}'));
    });
    const asked = await Promise.allSettled(
      Array.from({ length: 100 }, () => engine.json('T', '{}')),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(36);
  });

  test('refuses an answer that does not say its length', async () => {
    const engine = await tables((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n{}'));
    await expect(engine.json('T', '{}')).rejects.toThrow('it has no length');
  });
});
