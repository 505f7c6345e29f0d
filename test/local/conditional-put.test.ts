import { describe, expect, test } from '@jest/globals';
import type { AwsRequest } from '../../local/services/aws-http.ts';
import { conditionalPuts } from '../../local/services/conditional-put.ts';

/** Buckets whose every answer takes a turn. */
function buckets() {
  const objects = new Map<string, string>();
  const send = conditionalPuts(async ({ method, path, body }) => {
    await new Promise((done) => setTimeout(done, 1));
    const isThere = objects.has(path);
    if (method === 'PUT') objects.set(path, String(body));
    return { status: method === 'PUT' || isThere ? 200 : 404, headers: {}, body: new Uint8Array() };
  });
  const put = async (body: string, headers: AwsRequest['headers'] = {}) =>
    (await send({ method: 'PUT', path: '/site/a', headers, body })).status;
  return { objects, send, put };
}

const NEW = { 'if-none-match': '*' };

describe('conditionalPuts()', () => {
  test('replaces nothing where it may not', async () => {
    const { put, objects } = buckets();
    expect(await put('one', NEW)).toBe(200);
    expect(await put('two', NEW)).toBe(412);
    expect(objects.get('/site/a')).toBe('one');
  });

  test('replaces where nothing is said', async () => {
    const { put, objects } = buckets();
    expect(await put('one', NEW)).toBe(200);
    expect(await put('two')).toBe(200);
    expect(objects.get('/site/a')).toBe('two');
  });

  test('lets no other put come between its look and its put', async () => {
    const { put, objects } = buckets();
    const answers = await Promise.all([put('one', NEW), put('two'), put('three', NEW)]);
    expect(answers).toEqual([200, 200, 412]);
    expect(objects.get('/site/a')).toBe('two');
  });

  test('forwards what is no put', async () => {
    const { send } = buckets();
    const { status } = await send({ method: 'HEAD', path: '/site/b', headers: NEW, body: '' });
    expect(status).toBe(404);
  });
});
