/** Dead letters are looked at, sent again, or given up. */

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startScene();
  commands = saleCommands(scene);
  await scene.open();
}, 60_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

/** Puts a letter there, as SQS would have. @returns its id */
async function bury(output: string, body: unknown): Promise<string> {
  const { outputs, clientOverrides } = scene.stack;
  const sqs = new SQSClient({ ...clientOverrides, useQueueUrlAsEndpoint: false });
  const message = { QueueUrl: outputs[output] ?? '', MessageBody: JSON.stringify(body) };
  const { MessageId = '' } = await sqs.send(new SendMessageCommand(message));
  return MessageId;
}

const letters = async (...words: readonly string[]) => {
  const { out } = await commands.sale('redrive', '--json', ...words);
  return JSON.parse(out).letters;
};

const SOLD_OUT = { v: 1, kind: 'sale', what: 'sold-out', saleId: 'first', sku: 'lamp' };

describe('redrive', () => {
  test('shows letters, their flaw, and leaves them where they are', async () => {
    expect((await commands.sale('redrive')).out).toBe('No dead letters\n');
    const good = await bury('OrdersDlqUrl', { ...SOLD_OUT, occurrence: 'a', at: 1 });
    const bad = await bury('OrdersDlqUrl', { v: 9 });
    const { code, out } = await commands.sale('redrive');
    expect(code).toBe(0);
    expect(out).toContain(`orders  ${good}  sale first sold-out`);
    expect(out).toContain(`the function "record" failed on it, and logged why under "${good}"`);
    expect(out).toContain(`orders  ${bad}  no message of ours`);
    expect(out).toContain('it is of kind undefined, version 9');
    expect(out).toContain('2 letters: 1 can be sent again (--all, or --message), 1 never can');
    expect((await letters()).map(({ id }: { id: string }) => id).sort()).toEqual(
      [good, bad].sort(),
    );
  }, 120_000);

  test('sends what can be recorded to its queue, and gives up what is poison', async () => {
    const before = scene.stack.events.length;
    const sent = await commands.sale('redrive', '--queue', 'orders', '--all', '--yes');
    expect([sent.code, sent.out]).toEqual([0, expect.stringMatching(/\nSent again: 1 of 1\n$/)]);
    await scene.stack.settle();
    expect(scene.stack.events.slice(before)).toMatchObject([{ detailType: 'sale.sold-out.v1' }]);

    const [poison] = await letters();
    const again = await commands.sale('redrive', '--message', poison.id.slice(0, 8), '--yes');
    expect([again.code, again.err]).toEqual([
      1,
      `Cannot send letter ${poison.id} again: it is of kind undefined, version 9\n`,
    ]);
    const given = await commands.sale('redrive', '--message', poison.id, '--discard', '--yes');
    expect([given.code, given.out]).toEqual([0, expect.stringMatching(/\nGiven up: 1 of 1\n$/)]);
    expect(await letters()).toEqual([]);
    const { entries } = JSON.parse((await commands.sale('log', '--json')).out);
    expect(entries).toMatchObject([
      { what: 'redrive', detail: { letters: 1 }, outcome: 'done' },
      { what: 'discard', detail: { which: `${poison.id} no message of ours` }, outcome: 'done' },
    ]);
  }, 120_000);

  test('calls again what a schedule could not do, once that can be done, and says why it could not', async () => {
    scene.stack.faults.add({ function: 'Sweep', service: 'dynamodb', action: 'error-before' });
    // Lambda tries again after one minute and after two.
    await scene.stack.clock.advance(6 * MINUTE_MS);
    const found = await letters('--queue', 'scheduler');
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({
      ...{ what: '"sweep" of sale first', why: expect.stringMatching(/^it failed three times: /) },
      way: { to: 'function', name: 'sweep' },
    });
    const still = await commands.sale('redrive', '--message', found[0].id, '--yes');
    expect([still.code, still.out]).toEqual([
      1,
      expect.stringMatching(/stays: it failed again: .*\nSent again: 0 of 1\n$/),
    ]);
    scene.stack.faults.clear();
    const done = await commands.sale('redrive', '--queue', 'scheduler', '--all', '--yes');
    expect(done.code).toBe(0);
    expect(await letters()).toEqual([]);
  }, 180_000);

  test('asks which function letters are for that do not say it', async () => {
    const id = await bury('SchedulerDlqUrl', { saleId: 'first' });
    const unsaid = await commands.sale('redrive', '--message', id, '--yes');
    expect([unsaid.code, unsaid.err]).toEqual([1, expect.stringContaining('say --as, one of ')]);
    const wrong = await commands.sale('redrive', '--as', 'paint');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Cannot call "paint"')]);
    const asked = await commands.sale('redrive', '--message', id, '--as', 'sweep');
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('Cannot ask whether')]);
    expect(await letters()).toHaveLength(1);
    const done = await commands.sale('redrive', '--message', id, '--as', 'sweep', '--yes');
    expect([done.code, done.out]).toEqual([0, expect.stringMatching(/\nSent again: 1 of 1\n$/)]);
    expect(await letters()).toEqual([]);
  }, 120_000);

  test('sends ranges to the sweeps queue, where they are swept', async () => {
    await bury('SweepsDlqUrl', { v: 1, kind: 'sweep', saleId: 'first', sku: 'lamp', block: 0 });
    const done = await commands.sale('redrive', '--queue', 'sweeps', '--all', '--yes', '--json');
    expect(JSON.parse(done.out)).toEqual({ kind: 'done', done: 1, stay: [] });
    expect(await letters()).toEqual([]);
  }, 120_000);

  test('refuses to guess: an id that is none, and giving up without saying what', async () => {
    const none = await commands.sale('redrive', '--message', 'zz');
    expect(none.err).toBe('Cannot find letter "zz": none begins like that\n');
    const all = await commands.sale('redrive', '--discard');
    expect([all.code, all.err]).toEqual([1, expect.stringContaining('Cannot discard: say which')]);
  }, 120_000);
});
