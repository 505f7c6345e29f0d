/** @module `npm run sale -- <command>`: what operators do with sales. Each command is a file of its own. */

import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { blockCommand } from './block.ts';
import { checkCommand } from './check.ts';
import { codeCommand } from './code.ts';
import { drawCommand } from './draw.ts';
import { keysCommand } from './keys.ts';
import { pauseCommand } from './pause.ts';
import { publishCommand } from './publish.ts';
import { restockCommand } from './restock.ts';
import { resumeCommand } from './resume.ts';
import { slotsCommand } from './slots.ts';
import { suspectsCommand } from './suspects.ts';

const program = new Command('npm run sale --')
  .description(
    'Checks, publishes, draws, pauses, resumes, restocks and audits sales; blocks clients; rotates keys.',
  )
  .addCommand(checkCommand())
  .addCommand(codeCommand())
  .addCommand(publishCommand())
  .addCommand(drawCommand())
  .addCommand(pauseCommand())
  .addCommand(resumeCommand())
  .addCommand(restockCommand())
  .addCommand(auditCommand())
  .addCommand(suspectsCommand())
  .addCommand(slotsCommand())
  .addCommand(blockCommand())
  .addCommand(keysCommand())
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
