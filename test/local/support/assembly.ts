/** @module Small cloud assemblies for tests, written to a folder of their own. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export type Resources = Readonly<
  Record<
    string,
    { Type: string; Properties?: Readonly<Record<string, unknown>>; Condition?: string }
  >
>;

export type TestStack = {
  readonly resources?: Resources;
  readonly outputs?: Readonly<Record<string, object>>;
  readonly parameters?: Readonly<Record<string, object>>;
  readonly conditions?: Readonly<Record<string, object>>;
  readonly mappings?: Readonly<Record<string, object>>;
};

/** Asset folders: for each key the files in it. */
export type TestAssets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Writes stacks and assets, and returns the folder. An asset's key in the bucket is `<name>.zip`. */
export function writeAssembly(
  stacks: Readonly<Record<string, TestStack>>,
  assets: TestAssets = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  const artifacts: Record<string, object> = {};
  for (const [name, stack] of Object.entries(stacks)) {
    writeJson(folder, `${name}.template.json`, templateOf(stack));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json` },
    };
  }
  writeJson(folder, 'test.assets.json', { files: assetsOf(folder, assets) });
  artifacts['test.assets'] = {
    type: 'cdk:asset-manifest',
    properties: { file: 'test.assets.json' },
  };
  writeJson(folder, 'manifest.json', { version: '55.0.0', artifacts });
  return folder;
}

function templateOf({ resources = {}, outputs, parameters, conditions, mappings }: TestStack) {
  const Resources = Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      { ...resource, Metadata: { 'aws:cdk:path': `Test/${id}/Resource` } },
    ]),
  );
  return {
    Resources,
    Outputs: outputs,
    Parameters: parameters,
    Conditions: conditions,
    Mappings: mappings,
  };
}

function assetsOf(folder: string, assets: TestAssets) {
  return Object.fromEntries(
    Object.entries(assets).map(([name, files]) => {
      for (const [file, text] of Object.entries(files)) {
        const path = join(folder, `asset.${name}`, file);
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, text);
      }
      const destinations = { here: { objectKey: `${name}.zip` } };
      return [name, { source: { path: `asset.${name}`, packaging: 'zip' }, destinations }];
    }),
  );
}

const writeJson = (folder: string, name: string, document: unknown) =>
  writeFileSync(join(folder, name), JSON.stringify(document));

/** A function whose code is the asset of that name. */
export const lambda = (asset: string, properties: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: `${asset}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'role',
    Timeout: 10,
    ...properties,
  },
});

/** Bundles a module with the real SDK clients, as the deployed functions are. */
export function bundled(source: string): Readonly<Record<string, string>> {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return { 'index.js': outputFiles[0]?.text ?? '' };
}
