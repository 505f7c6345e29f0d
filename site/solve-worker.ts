/** @module Solves a part of a challenge off the page's own thread. Asked with a {@link Part}, answers a number or null. */

import { solveChallenge } from 'altcha-lib/v1';
import type { Part } from './challenge.ts';

addEventListener('message', ({ data }: MessageEvent<Part>) => {
  const { challenge, salt, algorithm, start, end } = data;
  void solveChallenge(challenge, salt, algorithm, end, start).promise.then((found) => {
    postMessage(found?.number ?? null);
  });
});
