/** @module What stands against publishing a draft, in words. */

import type { Examined, PublishPlannedOutcome } from '../../domain/publish-planned.ts';
import type { Peak } from '../../domain/rates.ts';
import { obstacleText, shortageText } from './obstacles.ts';

type Checked = {
  /** `good`, or why not. */
  readonly kind: 'good' | 'too-much' | 'impossible' | 'published';
  /** What stands against it, or is worth knowing, a sentence each. */
  readonly notes: readonly string[];
};

export function checkedText(examined: Examined, buyRate: number | undefined): Checked {
  switch (examined.kind) {
    case 'impossible':
      return { kind: 'impossible', notes: examined.obstacles.map(obstacleText) };
    case 'published':
      return {
        kind: 'published',
        notes: examined.differences.map(
          ({ path }) => `A sale of this id is published: ${path} differs`,
        ),
      };
    case 'new':
      return {
        kind: examined.tooMuch ? 'too-much' : 'good',
        notes: [peakText(examined.peak, buyRate)],
      };
  }
}

/** What comes together, and of which sales. */
function peakText({ perSecond, rates }: Peak, buyRate: number | undefined): string {
  const most = buyRate === undefined ? '' : `, of ${buyRate} that get through`;
  const others = rates.length > 1 ? ` with ${rates.length - 1} sales that overlap` : '';
  return `At most ${perSecond} shoppers a second are let in${others}${most}`;
}

export function unpublishedText(
  outcome: Exclude<PublishPlannedOutcome, { readonly kind: 'published' }>,
  buyRate: number | undefined,
): string {
  switch (outcome.kind) {
    case 'closed-already':
      return 'Its closing has passed';
    case 'no-captcha':
      return 'It wants a CAPTCHA, and this deployment has no web ACL that could ask for one';
    case 'differs':
      return `Another sale is published under this id: ${outcome.differences.map(({ path }) => path).join(', ')}`;
    case 'impossible':
      return outcome.obstacles.map(obstacleText).join('; ');
    case 'too-much':
      return peakText(outcome.peak, buyRate);
    default:
      return shortageText(outcome);
  }
}
