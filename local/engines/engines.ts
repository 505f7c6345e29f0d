/** @module The engines, seen from the stack: tables, queues and buckets, their clock, and their end. */

import type { JsonEngine } from './engine-client.ts';
import { EnginePool } from './engine-pool.ts';
import { QueuesThread } from './queues-thread.ts';
import { startTables, type TablesProcess } from './tables-process.ts';
import { TablesSockets } from './tables-sockets.ts';

export class Engines {
  readonly tables: JsonEngine;
  readonly queues: QueuesThread;
  private readonly tablesUrl: string;
  private readonly process: TablesProcess | undefined;
  private offset = 0;

  private constructor(queues: QueuesThread, tablesUrl: string, process: TablesProcess | undefined) {
    this.queues = queues;
    this.tables = process ? new TablesSockets(tablesUrl) : new EnginePool(tablesUrl);
    this.tablesUrl = tablesUrl;
    this.process = process;
  }

  /** @param dynamodbEndpoint A DynamoDB that runs already, in place of dynoxide. */
  static async start(dynamodbEndpoint: string | undefined): Promise<Engines> {
    const [queues, process] = await Promise.allSettled([
      QueuesThread.start(),
      dynamodbEndpoint === undefined ? startTables() : undefined,
    ]);
    if (queues.status === 'fulfilled' && process.status === 'fulfilled') {
      const url = dynamodbEndpoint ?? process.value?.url ?? '';
      return new Engines(queues.value, url, process.value);
    }
    // What has started ends with what has not.
    if (queues.status === 'fulfilled') await queues.value.close();
    if (process.status === 'fulfilled') await process.value?.stop();
    throw queues.status === 'rejected' ? queues.reason : (process as PromiseRejectedResult).reason;
  }

  /** Where clients of the SDK find the services, as variables. @param awsUrl where they find all others */
  endpoints(awsUrl: string): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: awsUrl,
      AWS_ENDPOINT_URL_DYNAMODB: this.tablesUrl,
      AWS_ENDPOINT_URL_SQS: this.queues.url,
    };
  }

  /** Moves the queues' clock. */
  async follow(offset: number): Promise<void> {
    this.offset = offset;
    await this.queues.follow(offset);
  }

  /** Returns when every message that is due by now has been given to whoever waits for it. */
  deliverDue(): Promise<void> {
    return this.queues.follow(this.offset, true);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tables.close(), this.queues.close()]);
    await this.process?.stop();
  }
}
