/** @module The program behind `npm run sale`: with the one command that is typed, or with all of them, for its help. */

import { Command } from 'commander';
import { GROUPS } from './commands.ts';
import { addExample, commandsIn } from './examples.ts';

/** @param typed what stands behind `npm run sale --`; anything but a command is for help, or a typo */
export async function programFor(typed?: string): Promise<Command> {
  const program = new Command('npm run sale --')
    .description('What operators do with sales: plan, publish, open, watch, recover, reconcile.')
    .addHelpText(
      'after',
      `
Each command says more, with an example: npm run sale -- help watch
A command that reaches a deployment finds it by --outputs: the stack that \`npm start\` runs, or the file
that \`npx cdk deploy --all --outputs-file cdk-outputs.json\` wrote; AWS credentials come from the environment.
What changes something asks first (--yes: not), and is written into the operators' log.`,
    );
  const all = Object.entries(GROUPS);
  const isCommand = all.some(([, commands]) => Object.hasOwn(commands, typed ?? ''));
  for (const [group, commands] of all) {
    program.commandsGroup(group);
    for (const [name, load] of Object.entries(commands)) {
      if (!isCommand || name === typed) program.addCommand(await load());
    }
  }
  for (const command of commandsIn(program)) addExample(command);
  return program;
}
