/**
 * @module
 * Functions in a process of their own, so that what they take of memory and processors is their own, and so is what V8
 * has compiled for them.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process does for the one that has started it. `stop` is called last. */
export type Offer = Readonly<Record<string, (given: never) => unknown>> & {
  stop(): Promise<void>;
};

type Call = { readonly name: string; readonly given: unknown };
type Reply = { readonly value?: unknown; readonly error?: string };

export type Remote<T extends Offer> = {
  readonly pid: number;
  /** Calls follow one another. @throws {Error} with what it said, where the function throws or the process ends */
  call<N extends Exclude<keyof T, 'stop'> & string>(
    name: N,
    ...given: Parameters<T[N]>
  ): Promise<Awaited<ReturnType<T[N]>>>;
  /** Ends the process, and waits until it is gone. */
  stop(): Promise<void>;
};

/** Answers calls until the process that makes them is gone. Engines end with this one. */
export function serve(offer: Offer): void {
  const functions = new Map<string, (given: never) => unknown>(Object.entries(offer));
  const answer = async ({ name, given }: Call): Promise<Reply> => {
    try {
      return { value: await functions.get(name)?.(given as never) };
    } catch (error) {
      return { error: String((error as Error).stack) };
    }
  };
  process.on('message', async (call: Call) => process.send?.(await answer(call)));
  process.on('disconnect', () => process.exit());
  process.send?.({});
}

/** What a process is given, and Node in it. */
type Start = {
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  /** @default this process' own */
  readonly env?: NodeJS.ProcessEnv;
};

/**
 * Starts a module that {@link serve}s.
 *
 * @throws {Error} with what it said, where it does not start
 */
export async function startRemote<T extends Offer>(
  module: URL,
  { args = [], execArgv = [], env = process.env }: Start = {},
): Promise<Remote<T>> {
  const child = fork(fileURLToPath(module), args, {
    execArgv: [...execArgv],
    env,
    // Numbers of a measurement go as they are, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const order = (call: Call) => {
    child.send(call);
    return nextReply(child, errors);
  };
  await nextReply(child, errors);
  return {
    pid: child.pid ?? 0,
    call: (name, ...[given]) => order({ name, given }) as never,
    async stop() {
      // What has ended was the error; it is not to be hidden behind another one.
      if (!child.connected) return;
      await order({ name: 'stop', given: undefined });
      // Not 'close', which Node keeps to itself where the channel is closed from this side.
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

function nextReply(child: ChildProcess, errors: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Cannot measure: ${why}`));
    const ended = () => fail(`a process has ended: ${errors.join('').trim()}`);
    child.once('close', ended).once('error', reject);
    child.once('message', ({ value, error }: Reply) => {
      child.off('close', ended).off('error', reject);
      if (error === undefined) resolve(value);
      else fail(error);
    });
  });
}
