/** @module `npm run sale -- <command>`: what operators do with sales. Each command is a file of its own. */

import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { checkCommand } from './check.ts';
import { publishCommand } from './publish.ts';
import { restockCommand } from './restock.ts';

const program = new Command('npm run sale --')
  .description('Checks, publishes, restocks and audits sales.')
  .addCommand(checkCommand())
  .addCommand(publishCommand())
  .addCommand(restockCommand())
  .addCommand(auditCommand())
  .addHelpText(
    'after',
    `
A command that reaches a deployment finds it by --outputs: the stack that \`npm start\` runs, or the file
that \`npx cdk deploy --all --outputs-file cdk-outputs.json\` wrote; AWS credentials come from the environment.`,
  );

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
