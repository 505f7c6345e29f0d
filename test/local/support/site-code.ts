/** @module What runs in the test site: the gate, and the function behind its API. */

export const gate = `
import cf from 'cloudfront';
import { createHash as hash } from 'crypto';
const kvs = cf.kvs();
async function handler(event) {
  const request = event.request;
  if (request.uri === '/api/time') {
    return {
      statusCode: 200,
      statusDescription: 'OK',
      headers: { 'content-type': { value: 'application/json' } },
      cookies: { a: { value: '1', attributes: 'Path=/' }, b: { value: '2', attributes: 'Path=/' } },
      body: JSON.stringify({
        now: Date.now(),
        country: request.headers['cloudfront-viewer-country'].value,
        node: typeof process + typeof fetch + typeof setTimeout,
        hash: hash('sha256').update('x').digest('hex').length,
        stored: await kvs.exists('k') ? await kvs.get('k', { format: 'json' }) : null,
        cookie: request.cookies.who ? request.cookies.who.value : null,
        query: request.querystring.q ? request.querystring.q.value : null
      })
    };
  }
  request.headers['x-gated'] = { value: 'yes' };
  return request;
}`;

export const apiCode = `
let hits = 0;
exports.handler = async (event) => {
  hits += 1;
  if (event.path === '/api/crash') process.exit(1);
  if (event.path === '/api/throw') throw new Error('no');
  if (event.path === '/api/odd') return 'odd';
  if (event.path === '/api/slow') await new Promise((resolve) => setTimeout(resolve, 60000));
  const cache = event.queryStringParameters && event.queryStringParameters.cache;
  const etag = (event.queryStringParameters || {}).etag;
  if (etag && event.headers['if-none-match'] === etag) {
    return { statusCode: 304, headers: { ...(cache && { 'cache-control': cache }) }, body: '' };
  }
  const status = Number((event.queryStringParameters || {}).status || 200);
  return {
    statusCode: status,
    headers: { 'x-hits': String(hits), ...(cache && { 'cache-control': cache }), ...(etag && { etag }) },
    multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    body: JSON.stringify(event),
  };
};`;
