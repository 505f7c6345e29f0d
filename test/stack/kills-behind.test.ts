import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { expectToSurvive, startKillScene } from './cut-short.ts';
import { BEHIND_FLOWS } from './kill-flows.ts';
import type { Scene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startKillScene();
}, 30_000);

afterAll(() => scene?.stop());

describe('promises hold, wherever what follows is cut short:', () => {
  test.each(BEHIND_FLOWS.map((flow) => [flow.name, flow] as const))(
    '%s',
    (_, flow) => expectToSurvive(scene, flow),
    60_000,
  );
});
