/** @module A web ACL at work: its rules in order, until one of them decides. */

import type { HttpResponse } from '../http-message.ts';
import type { Action } from './action.ts';
import type { WafRequest } from './field.ts';
import { isSolved, puzzleAnswer } from './puzzle.ts';
import type { Test } from './statement.ts';

export type WebAclPart = {
  readonly name: string;
  /** In the order of their priority. */
  readonly rules: readonly {
    readonly name: string;
    readonly test: Test;
    readonly action: Action;
  }[];
  readonly otherwise: Action;
  /** Groups of AWS's own rules, which do nothing here. */
  readonly managed: readonly string[];
};

/** Refused, or let through with headers added. */
export type Inspection =
  | { readonly kind: 'refused'; readonly response: HttpResponse }
  | { readonly kind: 'passed'; readonly headers: Readonly<Record<string, string>> };

export class WebAcl {
  /** Requests that were not let through, by the rule that stopped them. */
  readonly refused: Record<string, number> = {};
  private readonly part: WebAclPart;

  constructor(part: WebAclPart) {
    this.part = part;
  }

  inspect(request: WafRequest, now: number): Inspection {
    // Added when all is decided: no rule sees what another adds.
    const added: Record<string, string> = {};
    for (const { name, test, action } of this.part.rules) {
      if (!test(request, now)) continue;
      const response = refusal(action, request);
      if (response !== undefined) return this.refuse(name, response);
      add(added, action);
      if (action.kind === 'allow') return passed(request, added);
    }
    const { otherwise } = this.part;
    const response = refusal(otherwise, request);
    if (response !== undefined) return this.refuse('Default', response);
    add(added, otherwise);
    return passed(request, added);
  }

  private refuse(rule: string, response: HttpResponse): Inspection {
    this.refused[rule] = (this.refused[rule] ?? 0) + 1;
    return { kind: 'refused', response };
  }
}

const passed = (request: WafRequest, added: Readonly<Record<string, string>>): Inspection => ({
  kind: 'passed',
  headers: { ...request.headers, ...added },
});

function refusal(action: Action, request: WafRequest): HttpResponse | undefined {
  switch (action.kind) {
    case 'block':
      return action.response;
    case 'captcha':
    case 'challenge':
      return isSolved(action, request) ? undefined : puzzleAnswer(action, request);
    case 'allow':
    case 'count':
      return undefined;
  }
}

function add(added: Record<string, string>, action: Action) {
  if (action.kind === 'block') return;
  for (const [name, value] of action.headers) added[name] = value;
}
