/** @module A shopper who can be told from all others, in whatever is written of them. */

import { type Challenge, solve } from '../../load/challenge.ts';
import type { Scene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';

/** What a shopper brings that says who they are. */
export const PERSON = {
  subject: 'subject-of-ada-4711',
  email: 'ada.lovelace@mail.example',
  address: '198.51.100.177',
  agent: 'Mozilla/5.0 (X11; unmistakable-agent-5309) Firefox/140.0',
  device: 'unmistakable-device-id',
};

export const ADDRESS_HEADER = 'x-test-address';

export const HEADERS = {
  [ADDRESS_HEADER]: PERSON.address,
  'user-agent': PERSON.agent,
  'x-device': PERSON.device,
};

/** Solves the challenge as a browser does, and asks for a ticket. */
export async function ticketOf(scene: Scene, shopper: Shopper): Promise<string> {
  const { body } = await shopper.ask('GET', '/api/sales/told/challenge', HEADERS);
  const { header } = await solve(body as Challenge);
  const answer = await shopper.ask('POST', '/api/sales/told/ticket', {
    ...HEADERS,
    'x-solution': header,
  });
  await scene.stack.clock.advance(1000);
  return answer.body['ticket'];
}
