/** @module The engines, seen from the stack: where they listen, their clock, and their end. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findDynoxide } from './dynoxide.ts';
import { EngineClient } from './engine-client.ts';

type Message = {
  readonly queues?: string;
  readonly tables?: string;
  readonly done?: true;
  readonly error?: string;
};

export class Engines {
  readonly tables: EngineClient;
  readonly queues: EngineClient;
  private readonly child: ChildProcess;
  private readonly next: () => Promise<Message>;
  private offset = 0;

  private constructor(
    child: ChildProcess,
    next: () => Promise<Message>,
    urls: Readonly<Record<'tables' | 'queues', string>>,
  ) {
    this.child = child;
    this.next = next;
    this.tables = new EngineClient(urls.tables);
    this.queues = new EngineClient(urls.queues);
  }

  /** @param dynamodbEndpoint A DynamoDB that runs already, in place of dynoxide. */
  static async start(dynamodbEndpoint: string | undefined): Promise<Engines> {
    const binary = dynamodbEndpoint === undefined ? [findDynoxide()] : [];
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('child.ts', import.meta.url)), ...binary],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        // Ctrl-C in a terminal reaches the whole group: the engines must outlive the stack's own end.
        detached: true,
      },
    );
    const next = messagesOf(child);
    const { queues, tables = dynamodbEndpoint, error } = await next();
    if (queues === undefined || tables === undefined) {
      throw new Error(error ?? 'Cannot start the engines: their process ended at once');
    }
    return new Engines(child, next, { queues, tables });
  }

  /** Moves the queues' clock. */
  async follow(offset: number): Promise<void> {
    this.offset = offset;
    await this.tell({ offset });
  }

  /** Returns when every message that is due by now has been given to whoever waits for it. */
  async deliverDue(): Promise<void> {
    await this.tell({ offset: this.offset, look: true });
  }

  async stop(): Promise<void> {
    await Promise.all([this.tables.close(), this.queues.close()]);
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode !== null) return;
    this.child.stdin?.end();
    await ended;
  }

  private async tell(order: { readonly offset: number; readonly look?: true }) {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`);
    await this.next();
  }
}

/** Returns a function that waits for the child's next line; an ended child answers with an empty message. */
function messagesOf(child: ChildProcess): () => Promise<Message> {
  const arrived: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  const deliver = (message: Message) => {
    const waiter = waiting.shift();
    if (waiter === undefined) arrived.push(message);
    else waiter(message);
  };
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => deliver(JSON.parse(line)));
  }
  child.on('exit', () => deliver({}));
  return () => {
    const message = arrived.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => waiting.push(resolve));
  };
}
