/** @module `node test/security/permissions.ts`: writes `docs/permissions.md` from the templates in `cdk.out`. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { grantsIn, templatesIn } from './grants.ts';
import { permissionsDocument } from './permissions-table.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { Service } = templatesIn(at('cdk.out'));
if (Service === undefined) {
  throw new Error(
    'Cannot write the permissions: "cdk.out" has no Service stack; run npm run synth',
  );
}
writeFileSync(at('docs/permissions.md'), permissionsDocument(grantsIn(Service)));
