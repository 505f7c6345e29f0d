/** @module How often functions that answer requests were called. What Scheduler and queues start is not among it. */

import type { LocalStack } from '../../local/stack.ts';

const ANSWERING = ['Buy', 'Order', 'Payment', 'Session', 'Status'];

export const invocationsIn = ({ requests }: Pick<LocalStack, 'requests'>): number =>
  ANSWERING.reduce((sum, name) => sum + (requests.functions[name]?.invocations ?? 0), 0);
