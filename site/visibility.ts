/** @module Waiting for somebody to look. */

/** Resolves at once while the page is visible, else when it becomes so. */
export const visible = (): Promise<void> =>
  new Promise((done) => {
    if (document.visibilityState === 'visible') return done();
    const listener = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', listener);
      done();
    };
    document.addEventListener('visibilitychange', listener);
  });
