/** @module What operators begin. */

import { approveRefund } from '../../domain/approve-refund.ts';
import { membersOf } from './actors.ts';
import { LATER } from './configuration.ts';
import { PAID_IN } from './names.ts';
import { shortReference } from './payments.ts';
import type { Entrance, Play } from './play.ts';
import { replayed } from './replay.ts';

/** Also of a payment that waits for nobody: then it must do nothing. */
export const approving = ({ sale }: Play): Entrance => ({
  kind: 'approve',
  items: [PAID_IN],
  begins: (paidIn) =>
    [...membersOf(paidIn)].map((reference) => ({
      machine: replayed(`approve ${reference}`, (world) =>
        approveRefund(world, sale.id, reference, LATER),
      ),
      state: [],
      label: `approval of ${shortReference(reference)}`,
    })),
});
