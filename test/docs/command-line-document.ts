/** @module `docs/command-line.md`, made from the commands themselves. */

import type { Command } from 'commander';
import { commandsIn, EXAMPLES, nameOf } from '../../cli/examples.ts';
import { programFor } from '../../cli/sale.ts';

const HEAD = `# The command line

\`npm run sale -- <command>\`: what operators do with sales, by when they do it. \`npm run sale -- help <command>\` says
more of each. Made by \`node test/docs/write-command-line.ts\`.

- **Where.** A command finds the deployment by \`--outputs\`: the stack that \`npm start\` runs, or \`cdk-outputs.json\`, which
  \`cdk deploy --outputs-file\` writes. For AWS, credentials and Region come from the environment; for an emulator,
  \`AWS_ENDPOINT_URL\` too.
- **Changes** (marked ✎) show what will change, ask, and are written into the operators' log before they are done: who, when,
  what, from where, and what came of it. \`--yes\` does it without asking; where there is no terminal, nothing is done
  without it. All of them are safe to repeat after a crash.
- **Scripts.** \`--json\` prints one object (\`watch\`: one a second; \`export\` has \`--jsonl\`). Exit status 0: done, or nothing
  to do. 1: refused, failed, or something was found that somebody has to look at; the reason is on standard error, or in
  what was printed.
- **Colour** follows the terminal, \`NO_COLOR\` and \`FORCE_COLOR\`.
`;

/** The whole document. */
export async function commandLineDocument(): Promise<string> {
  const groups = Map.groupBy(commandsIn(await programFor()), groupOf);
  const sections = [...groups].map(([group, commands]) => sectionOf(group, commands));
  return [HEAD, ...sections].join('\n');
}

/** A command of another one is in its group. */
const groupOf = (command: Command): string => {
  const { parent } = command;
  const group = parent?.parent ? groupOf(parent) : command.helpGroup();
  return (group ?? '').replace(/:$/, '');
};

const sectionOf = (group: string, commands: readonly Command[]): string => {
  const rows = commands.map(
    (command) => `| ${markOf(command)}\`${usageOf(command)}\` | ${command.description()} |`,
  );
  const examples = commands.flatMap((command) => EXAMPLES[nameOf(command)] ?? []);
  return [
    `## ${group}\n`,
    '| command | |\n| --- | --- |',
    ...rows,
    '\n```sh',
    ...examples.map((example) => `npm run sale -- ${example}`),
    '```\n',
  ].join('\n');
};

const markOf = (command: Command): string =>
  command.options.some(({ long }) => long === '--yes') ? '✎ ' : '';

const usageOf = (command: Command): string => {
  const given = command.registeredArguments.map((one) =>
    one.required ? `<${one.name()}>` : `[${one.name()}]`,
  );
  const wanted = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  return [nameOf(command), ...given, ...wanted].join(' ').replaceAll('|', '\\|');
};
