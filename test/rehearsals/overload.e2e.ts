/** Twice the crowd that was expected: slots let in twice the admitted rate, and the throttle holds the line. */

import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runScenario } from '../../load/run-scenario.ts';
import { SCENARIOS } from '../../load/scenarios.ts';
import { figure, say } from './say.ts';
import { KEPT, type Scene, startScene } from './scene.ts';
import { throttledAssembly } from './throttled-assembly.ts';

const EXPECTED = 600;
const PER_SECOND = 100;

/** What a shop that admits 100 a second may allow itself: a tenth more. */
const THROTTLE = { rateLimit: 110, burstLimit: 110 };

let scene: Scene | undefined;
let assembly = '';

afterEach(async () => {
  await scene?.stop();
  rmSync(assembly, { recursive: true, force: true });
  scene = undefined;
});

describe('twice the expected crowd', () => {
  test('is throttled, comes again, and keeps every promise', async () => {
    assembly = throttledAssembly(THROTTLE);
    const item = { units: 400 };
    const admission = { expectedShoppers: EXPECTED, perSecond: PER_SECOND };
    scene = await startScene({ id: 'twice', item, admission, assembly });
    const { sale } = scene;
    const habits = { ...SCENARIOS.doubleClicks.habits, shoppers: 2 * EXPECTED, doubleClick: 0 };
    const before = scene.behind();
    const report = await runScenario({ name: 'twice', sale, habits, again: false }, scene, {
      seed: 7,
    });
    const after = scene.behind();
    const throttled = after.throttled - before.throttled;
    const refused = report.rejects['too-many-requests'] ?? 0;
    say(
      `${figure(2 * EXPECTED)} shoppers where ${EXPECTED} were expected, ${PER_SECOND}/s admitted`,
      [
        `throttle  ${THROTTLE.rateLimit}/s, bucket ${THROTTLE.burstLimit}`,
        `presses   ${figure(report.attempts)}, of which the usage plan refused ${figure(throttled)} with 429`,
        `sold      ${report.items[0]?.paid} paid, ${report.items[0]?.avail} free of 400 at the end`,
        `function  ${figure(after.buys - before.buys)} runs`,
      ],
    );
    expect(throttled).toBeGreaterThan(0);
    expect(refused).toBe(throttled);
    expect(report.promises).toEqual(KEPT);
    expect(report.wins).toBeGreaterThanOrEqual(400);
    // Everybody got a decision in the end.
    expect(report.attempts - refused - (report.rejects['busy'] ?? 0)).toBeGreaterThanOrEqual(
      2 * EXPECTED,
    );
  });
});
