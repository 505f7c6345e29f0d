/** What bundles leave out of the SDK. Where a version of it is written otherwise, the first to know is here. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { markedPure, withoutRegions } from '../../bin/lean-sdk.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const sdk = (path: string) => readFileSync(at(`../../node_modules/${path}`), 'utf8');

type Partitions = {
  readonly partitions: readonly {
    readonly id: string;
    readonly regionRegex: string;
    readonly regions: Readonly<Record<string, object>>;
  }[];
};

const read = (code: string) =>
  JSON.parse(code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)) as Partitions;

describe('withoutRegions()', () => {
  const file = sdk('@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js');
  const before = read(file);
  const after = read(withoutRegions(file));

  /** As the SDK looks: among the names first, then by the patterns. */
  const partitionOf = ({ partitions }: Partitions, region: string) =>
    (
      partitions.find(({ regions }) => region in regions) ??
      partitions.find(({ regionRegex }) => new RegExp(regionRegex).test(region))
    )?.id;

  test('finds each Region in the partition that it was found in', () => {
    const regions = before.partitions.flatMap((one) => Object.keys(one.regions));
    expect(regions.length).toBeGreaterThan(40);
    for (const region of [...regions, 'eu-north-9', 'nowhere'])
      expect([region, partitionOf(after, region)]).toEqual([region, partitionOf(before, region)]);
  });

  test('leaves out every Region that a pattern finds', () => {
    const left = after.partitions.flatMap((one) => Object.keys(one.regions));
    expect(left.filter((region) => !region.endsWith('-global'))).toEqual([]);
  });

  test('refuses a list that is written otherwise', () => {
    expect(() => withoutRegions('export const partitions = new Map();')).toThrow(
      'Cannot shorten the list of partitions',
    );
  });
});

describe('markedPure()', () => {
  test.each([
    ['@smithy/core/dist-es/submodules/endpoints/index.js', 4],
    ['@smithy/core/dist-es/submodules/retry/index.js', 2],
    ['@aws-sdk/core/dist-es/submodules/httpAuthSchemes/index.js', 1],
    ['@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/clock-skew-defaults.js', 1],
  ])('marks what %s joins at load: %i times', (path, times) => {
    expect(markedPure(sdk(path)).match(/= \/\* @__PURE__ \*\/ /g)).toHaveLength(times);
  });

  test('marks nothing else', () => {
    const code = 'export const a = start();\nconst b = bindA();\n  export const c = bindC();\n';
    expect(markedPure(code)).toBe(code);
  });
});

describe('the bundles of functions', () => {
  const BUNDLES = at('../../dist/functions/');
  const codeOf = (folder: string) => readFileSync(`${BUNDLES}${folder}/index.js`, 'utf8');
  const isLean = (folder: string) =>
    readFileSync(at(`../../lambdas/${folder}/handler.ts`), 'utf8').includes('lean-clients.ts');

  /** Each is said by one part of the SDK alone. */
  const LEFT_OUT = {
    'readers of configuration files': 'AWS_SHARED_CREDENTIALS_FILE',
    'endpoint rules': 'endpointV2Middleware',
    'the stack of middlewares': 'identifyOnResolve',
    'its transport': 'socketAcquisitionWarningTimeout',
    'SHA-256 in JavaScript': '1116352408',
    'event streams': 'EventStreamCodec',
    'names of Regions': 'Asia Pacific',
  };

  test.each(Object.entries(LEFT_OUT))('that shoppers wait for have none of: %s', (_, text) => {
    const folders = ['buy', 'order', 'payment', 'session', 'status'];
    expect(folders.filter((folder) => codeOf(folder).includes(text))).toEqual([]);
  });

  test('are looked through for texts that the SDK does have', () => {
    // The operators' function has the SDK's own clients.
    const texts = Object.entries(LEFT_OUT).filter(([name]) => !/streams|Regions/.test(name));
    for (const [name, text] of texts)
      expect([name, codeOf('operate').includes(text)]).toEqual([name, true]);
  });

  test('are lean but for the operators’', () => {
    const folders = readdirSync(BUNDLES).filter((folder) =>
      existsSync(`${BUNDLES}${folder}/index.js`),
    );
    expect(folders.filter((folder) => !isLean(folder))).toEqual(['operate']);
  });

  test('are refused where lean clients stand beside those of the SDK', () => {
    const build = `import { bundleFunctions } from ${JSON.stringify(at('../../bin/bundle-functions.ts'))};
      await bundleFunctions(${JSON.stringify(at('fixtures'))}, '/nowhere');`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', build], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Cannot bundle ".*mixed\/handler\.ts": it has lean clients, and beside them ".*DynamoDBClient\.js"/,
    );
  });
});
