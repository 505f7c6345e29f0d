import { Command } from 'commander';
import { type Blocked, type BlockedChange, block, unblock } from '../domain/blocked.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';

type Options = Changing & {
  readonly address?: string[];
  readonly agent?: string;
  readonly ja4?: string[];
  readonly remove?: true;
};

/** `block`: turns clients away at the gate; without an option it lists whom. */
export const blockCommand = () =>
  changing(
    new Command('block')
      .description('turns clients away at the gate, in every sale; without an option it lists them')
      .option('--address <address...>', 'addresses, or beginnings that end with "." or ":"')
      .option(
        '--agent <regex>',
        'a regular expression over the user agent, in place of the last one',
      )
      .option('--ja4 <fingerprint=points...>', 'points of risk by JA4 fingerprint; 6 are refused')
      .option('--remove', 'takes them out instead'),
  ).action(async ({ address = [], agent, ja4 = [], remove, ...options }: Options) => {
    const deployed = reach(options);
    const old = (await deployed.edge.readBlocked()) ?? {};
    const wanted = { addresses: address, ja4, ...(agent !== undefined && { agent }) };
    if (!isAny(wanted)) return print(options, { blocked: old }, textOf(old));
    const changed = remove ? unblock(old, wanted) : block(old, wanted);
    const what = remove ? 'unblock' : 'block';
    const detail = detailOf(wanted);
    const changes = ['Turned away at the gate, in every sale, will be:', textOf(changed)];
    const outcome = await change(deployed, options, { what, detail, changes }, async () => {
      await deployed.edge.putBlocked(changed);
      return { kind: 'told', blocked: changed } as const;
    });
    print(options, outcome, 'Done: the edges hear of it within half a minute');
  });

/** For the log: what somebody asked for, not the whole list. */
const detailOf = ({ addresses, agent, ja4 }: BlockedChange): Record<string, string> => ({
  ...(addresses.length > 0 && { address: addresses.join(' ') }),
  ...(agent !== undefined && { agent }),
  ...(ja4.length > 0 && { ja4: ja4.join(' ') }),
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
