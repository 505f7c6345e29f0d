/**
 * @module
 * dynoxide over plain sockets: of what a buy costs this process, a fifth is calls of the tables, and half of that was an
 * HTTP client which can do more than dynoxide asks for. It answers one request at a time on each connection (it stalls
 * when pipelined), and always says how long its answer is.
 */

import { connect, type Socket } from 'node:net';
import type { AwsResponse } from '../services/aws-http.ts';
import { textOf } from '../services/aws-http.ts';
import { JSON_HEADERS, type JsonEngine } from './engine-client.ts';

/** More than a browser crowd has in flight at once through one front. */
const CONNECTIONS = 64;

/** Most answers fit in; longer ones are put together. */
const READ_BYTES = 16 * 1024;

type Asked = {
  readonly request: string;
  resolve(response: AwsResponse): void;
  reject(error: Error): void;
};

export class TablesSockets implements JsonEngine {
  private readonly port: number;
  private readonly host: string;
  private readonly prologue: string;
  private readonly idle: Connection[] = [];
  private readonly waiting: Asked[] = [];
  private readonly open = new Set<Connection>();

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.host = hostname;
    this.port = Number(port);
    const lines = Object.entries({ host, ...JSON_HEADERS });
    this.prologue = `POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
  }

  json(target: string, body: string | Uint8Array): Promise<AwsResponse> {
    const text = textOf(body);
    const length = Buffer.byteLength(text);
    const request = `${this.prologue}x-amz-target: ${target}\r\ncontent-length: ${length}\r\n\r\n${text}`;
    return new Promise((resolve, reject) => {
      const asked = { request, resolve, reject };
      const connection = this.idle.pop() ?? this.another();
      if (connection === undefined) this.waiting.push(asked);
      else connection.ask(asked);
    });
  }

  async close(): Promise<void> {
    for (const connection of this.open) connection.end();
  }

  private another(): Connection | undefined {
    if (this.open.size >= CONNECTIONS) return undefined;
    const made = new Connection(this.host, this.port, {
      isFree: () => {
        const next = this.waiting.shift();
        if (next === undefined) this.idle.push(made);
        else made.ask(next);
      },
      isGone: () => {
        this.open.delete(made);
        const at = this.idle.indexOf(made);
        if (at >= 0) this.idle.splice(at, 1);
        const next = this.waiting.shift();
        if (next !== undefined) this.another()?.ask(next);
      },
    });
    this.open.add(made);
    return made;
  }
}

type Owner = { isFree(): void; isGone(): void };

/** One connection, and the answer that it waits for. */
class Connection {
  private readonly socket: Socket;
  private readonly owner: Owner;
  private asked: Asked | undefined;
  /** What has come of an answer. */
  private seen: Uint8Array[] = [];
  private size = 0;
  /** How long it is in all, once its head has said so. */
  private wanted = 0;
  private isGone = false;

  constructor(host: string, port: number, owner: Owner) {
    this.owner = owner;
    const onread = {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (length: number, buffer: Uint8Array) => {
        this.read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    };
    this.socket = connect({ host, port, noDelay: true, onread });
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('close', () => this.fail(new Error('The connection to DynamoDB was closed')));
  }

  ask(asked: Asked) {
    this.asked = asked;
    this.socket.write(asked.request);
  }

  end() {
    this.socket.destroy();
  }

  private read(bytes: Buffer) {
    this.size += bytes.length;
    // What was read lies in a buffer that is read into again.
    if (this.size < this.wanted) return void this.seen.push(Buffer.from(bytes));
    const all = this.seen.length === 0 ? bytes : Buffer.concat([...this.seen, bytes]);
    const head = headIn(all);
    if (head instanceof Error) return this.fail(head);
    const whole = head && head.from + head.length;
    if (head !== undefined && whole !== undefined && whole <= all.length) {
      return this.answer(responseOf(head, all));
    }
    this.wanted = whole ?? 0;
    this.seen = [Buffer.from(all)];
  }

  private answer(response: AwsResponse) {
    const { asked } = this;
    this.asked = undefined;
    this.seen = [];
    this.size = 0;
    this.wanted = 0;
    asked?.resolve(response);
    this.owner.isFree();
  }

  private fail(error: Error) {
    if (this.isGone) return;
    this.isGone = true;
    this.socket.destroy();
    this.asked?.reject(error);
    this.owner.isGone();
  }
}

const LENGTH = /\r\ncontent-length: *(\d+)/i;

type Head = { readonly text: string; readonly from: number; readonly length: number };

/** The head of an answer, once it is there; or why it can have none. */
function headIn(bytes: Buffer): Head | Error | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const length = LENGTH.exec(text)?.[1];
  return length === undefined
    ? new Error(`Cannot read an answer of DynamoDB: it has no length: ${text}`)
    : { text, from: end + 4, length: Number(length) };
}

const responseOf = ({ text, from, length }: Head, bytes: Buffer): AwsResponse => ({
  status: Number(text.slice(9, 12)),
  headers: headersIn(text),
  body: Uint8Array.prototype.slice.call(bytes, from, from + length),
});

function headersIn(head: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}
