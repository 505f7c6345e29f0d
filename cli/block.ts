import { Command } from 'commander';
import { type Blocked, type BlockedChange, block, unblock } from '../domain/blocked.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & {
  readonly address?: string[];
  readonly agent?: string;
  readonly ja4?: string[];
  readonly remove?: true;
};

/** `block`: turns clients away at the gate; without an option it lists whom. */
export const blockCommand = () =>
  new Command('block')
    .description('turns clients away at the gate, in every sale; without an option it lists them')
    .option('--address <address...>', 'addresses, or beginnings that end with "." or ":"')
    .option('--agent <regex>', 'a regular expression over the user agent, in place of the last one')
    .option('--ja4 <fingerprint=points...>', 'points of risk by JA4 fingerprint; 6 are refused')
    .option('--remove', 'takes them out instead')
    .addOption(outputsOption())
    .action(async ({ address = [], agent, ja4 = [], remove, ...options }: Options) => {
      const { edge } = reach(options);
      const old = (await edge.readBlocked()) ?? {};
      const wanted = { addresses: address, ja4, ...(agent !== undefined && { agent }) };
      if (!isAny(wanted)) return console.log(textOf(old));
      const changed = remove ? unblock(old, wanted) : block(old, wanted);
      await edge.putBlocked(changed);
      console.log(`${textOf(changed)}\nThe edges hear of it within half a minute`);
    });

const isAny = ({ addresses, agent, ja4 }: BlockedChange): boolean =>
  addresses.length > 0 || agent !== undefined || ja4.length > 0;

function textOf({ a = [], g, j = {} }: Blocked): string {
  const lines = [
    ...a.map((address) => `address  ${address}`),
    ...(g === undefined ? [] : [`agent    ${g}`]),
    ...Object.entries(j).map(([fingerprint, points]) => `ja4      ${fingerprint}=${points}`),
  ];
  return lines.length === 0 ? 'Nobody is blocked' : lines.join('\n');
}
