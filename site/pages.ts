/** @module The script of both pages: who comes from the list to a sale has it already. */

import { listPage } from './list-page.ts';
import { salePage } from './sale-page.ts';
import { passOn } from './sign-in-return.ts';

if (document.querySelector('#sale')) void salePage();
else if (!passOn()) void listPage();
