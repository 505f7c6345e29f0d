/** @module A local stack in another process, and what it is ordered to do. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('growth-process.ts', import.meta.url));

export type Order =
  | { readonly kind: 'settle' | 'processors' | 'memory' | 'stop' }
  | { readonly kind: 'advance'; readonly ms: number }
  /** With how many runs it takes: one for each 200 shards of each sale. */
  | { readonly kind: 'sweep'; readonly sales: readonly string[]; readonly ranges: number };

/** What a stack has taken of the processors so far, in ms. */
export type Processors = {
  /** Its process: functions, clients, the front, the queues. */
  readonly stack: number;
  /** The engines that it has started; absent where the system does not tell. */
  readonly engines?: number;
};

/** What a stack takes of the memory, in bytes. */
export type Memory = {
  /** Its process is resident. */
  readonly stack: number;
  /** What something holds on its heap. */
  readonly heap: number;
  /** The engines are resident; absent where the system does not tell. */
  readonly engines?: number;
};

/** One sweep of every sale. */
export type SweepsRun = {
  /** By the stack's clock. */
  readonly startedAt: number;
  readonly ms: number;
  readonly readUnits: number;
};

export type Report =
  | {
      readonly kind: 'started';
      readonly outputs: Readonly<Record<string, string>>;
      readonly awsUrl: string;
    }
  | { readonly kind: 'done' }
  | ({ readonly kind: 'processors' } & Processors)
  | ({ readonly kind: 'memory' } & Memory)
  | { readonly kind: 'swept'; readonly run: SweepsRun }
  | { readonly kind: 'failed'; readonly why: string };

type Answer<K extends Report['kind']> = Extract<Report, { kind: K }>;

export type GrowthStack = Pick<Answer<'started'>, 'outputs' | 'awsUrl'> & {
  /** Waits until nothing runs. */
  settle(): Promise<void>;
  /** Lets virtual time pass. */
  advance(ms: number): Promise<void>;
  processors(): Promise<Processors>;
  memory(): Promise<Memory>;
  /** @throws {Error} where a run failed */
  sweep(sales: readonly string[], ranges: number): Promise<SweepsRun>;
  stop(): Promise<void>;
};

/** @throws {Error} with what it said, where it does not start */
export async function startGrowthStack(): Promise<GrowthStack> {
  const child = fork(PROCESS, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const next = <K extends Report['kind']>(kind: K) => nextReport(child, errors, kind);
  const order = <K extends Report['kind']>(given: Order, kind: K) => {
    child.send(given);
    return next(kind);
  };
  const { outputs, awsUrl } = await next('started');
  return {
    ...{ outputs, awsUrl },
    settle: async () => void (await order({ kind: 'settle' }, 'done')),
    advance: async (ms) => void (await order({ kind: 'advance', ms }, 'done')),
    processors: () => order({ kind: 'processors' }, 'processors'),
    memory: () => order({ kind: 'memory' }, 'memory'),
    sweep: async (sales, ranges) => (await order({ kind: 'sweep', sales, ranges }, 'swept')).run,
    async stop() {
      // What has ended was the error; it is not to be hidden behind another one.
      if (!child.connected) return;
      await order({ kind: 'stop' }, 'done');
      child.disconnect();
    },
  };
}

function nextReport<K extends Report['kind']>(
  child: ChildProcess,
  errors: readonly string[],
  kind: K,
): Promise<Answer<K>> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Cannot measure growth: ${why}`));
    const ended = () => fail(`a stack has ended: ${errors.join('').trim()}`);
    child.once('close', ended).once('error', reject);
    child.once('message', (report: Report) => {
      child.off('close', ended).off('error', reject);
      if (report.kind === kind) resolve(report as Answer<K>);
      else fail('why' in report ? report.why : `"${report.kind}" in place of "${kind}"`);
    });
  });
}
