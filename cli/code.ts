import { Command } from 'commander';
import { codeHash } from '../adapters/slots.ts';
import { NAME } from '../domain/sale.ts';
import { jsonOption, type Output, print } from './output.ts';

/** Any that a shopper can hear and type. */
const CODE = /^\P{C}{1,60}$/u;

/** `code SALE TEXT`: what a sale file says of an announced code, so that the code itself is in no file. */
export const codeCommand = () =>
  new Command('code')
    .description('prints what a sale file says of an announced code ("access": {"codeSha256": …})')
    .argument('<sale>', 'id of the sale')
    .argument('<code>', 'the code; case and spaces around it do not matter')
    .addOption(jsonOption())
    .action((saleId: string, code: string, options: Output) => {
      if (!NAME.test(saleId))
        throw new Error(`Cannot bind a code to "${saleId}": it is no sale id`);
      if (!CODE.test(code.trim()) || !code.isWellFormed()) {
        throw new Error('Cannot use this code: it must have 1 to 60 printable characters');
      }
      const codeSha256 = codeHash(saleId, code);
      print(options, { codeSha256 }, codeSha256);
    });
