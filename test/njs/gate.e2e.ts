/**
 * @module
 * The gate's built code in njs, the engine of nginx, which CloudFront's runtime is a close relative of: it must answer
 * there what it answers in Node. Debian has it as the package `njs`.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { buildGate } from '../../edge/build.ts';
import type { GateEvent } from '../../edge/event.ts';
import { loadGate } from '../edge/gate-loader.ts';
import {
  aBuy,
  anEvent,
  aSale,
  aSession,
  aTicket,
  BOB,
  CLOSES_AT,
  KEYS,
  OPENS_AT,
} from '../edge/gate-scene.ts';

const NOW = OPENS_AT + 1000;
const folder = mkdtempSync(join(tmpdir(), 'gate-njs-'));
const code = await buildGate();

const STORE = {
  keys: KEYS,
  settings: { guests: 'allowed' },
  blocked: { a: ['203.0.113.7', '198.51.100.'], g: 'evil(bot)?', j: { t13d: 5 } },
  'sale/demo': aSale({ w: 600_000 }),
  'sale/hard': aSale({ x: 1000, h: 'f'.repeat(64), m: ['gold'], r: ['DE'] }),
  'sale/solve': aSale({ x: 1000 }),
};

const ask = (uri: string, method = 'POST', more = {}) =>
  anEvent({ uri, method, cookie: aSession(), ...more });

const SCENES: readonly (readonly [string, GateEvent])[] = [
  ['time', ask('/api/time', 'GET')],
  ['where', ask('/api/where', 'GET', { headers: { 'cloudfront-viewer-country': 'DE' } })],
  ['guest', anEvent({ uri: '/api/session', method: 'POST' })],
  ['kept session', ask('/api/session')],
  ['blocked guest', anEvent({ uri: '/api/session', method: 'POST', ip: '198.51.100.1' })],
  ['challenge', ask('/api/sales/solve/challenge', 'GET')],
  ['harder challenge', ask('/api/sales/hard/challenge', 'GET', { headers: { 'x-device': 'no' } })],
  ['no challenge', ask('/api/sales/demo/challenge', 'GET')],
  ['ticket', ask('/api/sales/demo/ticket')],
  ['not eligible', ask('/api/sales/hard/ticket')],
  ['unsolved', ask('/api/sales/solve/ticket')],
  [
    'solved wrongly',
    ask('/api/sales/solve/ticket', 'POST', { headers: { 'x-solution': 'eyJudW1iZXIiOjF9' } }),
  ],
  ['unknown sale', ask('/api/sales/nope/whatever')],
  ['disguised', ask('/api//sales')],
  ['page', ask('/sales/demo', 'GET', { query: { lang: 'de' } })],
  ['buy', aBuy({ ticket: aTicket() })],
  ['buy too early', aBuy({ ticket: aTicket({ f: 65_535 }) })],
  ['buy with another ticket', aBuy({ ticket: aTicket({ u: BOB }) })],
  ['buy with an old ticket', aBuy({ ticket: aTicket({ e: NOW }) })],
  ['buy without a session', aBuy({ cookie: undefined })],
  ['buy with a forged session', aBuy({ cookie: aSession({ key: 'guess' }) })],
  ['buy by an evil agent', aBuy({ headers: { 'user-agent': 'EvilBot' } })],
  ['buy with another door key', aBuy({ uri: '/api/sales/demo/x/orders' })],
];

/** Runs events in njs, at an instant. */
function inNjs(events: readonly GateEvent[], now: number): unknown[] {
  writeFileSync(
    join(folder, 'store.js'),
    `var store=${JSON.stringify(STORE)};
export default {kvs:function(){return {get:async function(key){
  if(!Object.prototype.hasOwnProperty.call(store,key))throw new Error('KeyNotFound');
  return JSON.parse(JSON.stringify(store[key]));}}}};`,
  );
  writeFileSync(
    join(folder, 'run.js'),
    `${code.replace('from"cloudfront"', 'from "store.js"')}
Date.now=function(){return ${now}};
var events=${JSON.stringify(events)};
async function run(){for(var i=0;i<events.length;i++){var one=await handler(events[i]);console.log(JSON.stringify(one));}}
run().catch(function(e){console.log(JSON.stringify({error:String(e)}))});`,
  );
  const text = execFileSync('njs', ['-p', folder, join(folder, 'run.js')], { encoding: 'utf8' });
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the gate in njs', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['while the sale is open', NOW],
    ['before the opening', OPENS_AT - 1],
    ['at the closing', CLOSES_AT],
  ])('answers as in Node, %s', async (_when, now) => {
    const gate = loadGate(code, STORE, () => now);
    const answers = inNjs(
      SCENES.map(([, event]) => event),
      now,
    );
    expect(answers).toHaveLength(SCENES.length);
    for (const [at, [name, event]] of SCENES.entries()) {
      const plain = JSON.parse(JSON.stringify(await gate(structuredClone(event))));
      expect([name, answers[at]]).toEqual([name, plain]);
    }
  });
});
