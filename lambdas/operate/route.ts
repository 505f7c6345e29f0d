/** @module What a route of the operators' API is: a method, a path, and what answers. */

import type { Deployment } from '../../adapters/deployment.ts';
import { type Act, type Operator, recorded } from '../../domain/journal.ts';
import type { PaymentProvider } from '../../domain/ports.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';

/** What a route's body can be: JSON, JSON or CSV as text, or none, which is not looked at. */
export type Takes = 'nothing' | 'json' | 'rows';

/** What routes work with. */
export type Desk = {
  readonly deployed: Deployment;
  readonly payments: PaymentProvider;
  /** The last reconciliation of a sale, or nothing where there was none. */
  readonly latestReport: (saleId: string) => Promise<Reconciliation | undefined>;
};

/** A request of somebody who is an operator. */
export type Asked = Desk & {
  readonly operator: Operator;
  /** The parts of the path that the route names. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** What was sent, parsed where it is JSON. */
  readonly body: unknown;
  /** The media type of the body. */
  readonly type: string;
};

export type Route = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below `/api/operator`, such as `/sales/{sale}/pause`. */
  readonly path: string;
  /** @default 'nothing' */
  readonly takes?: Takes;
  readonly run: (asked: Asked) => Promise<Reply | Problem>;
};

/** An answer. */
export const ok = (body: object): Reply => ({ statusCode: 200, body });

/** Does what changes something, and writes it into the operators' log: before it is done, and what came of it. */
export const change = <T extends { readonly kind: string }>(
  { deployed, operator }: Asked,
  act: Act,
  run: () => Promise<T>,
): Promise<T> => recorded(deployed, operator, act, run);

/** A part of the path. */
export const at = ({ parameters }: Asked, name: string): string => parameters[name] ?? '';

export const unknownSale = (saleId: string): Problem =>
  problem('unknown-sale', `There is no sale "${saleId}"`);

/** A change that cannot be made as things are, by the kind of its outcome. */
export const conflict = (reason: string, detail: string): Problem =>
  problem('conflict', detail, { reason });
