/** @module A synthesised cloud assembly (`cdk.out`): its stacks, their templates and their assets. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource as the template has it, before any reference is resolved. */
export type RawResource = {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
};

type Template = {
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<
    Record<string, { Value: unknown; Condition?: string; Export?: { Name: unknown } }>
  >;
};

export type Stack = {
  readonly name: string;
  /** The stack's construct path, with which each `aws:cdk:path` in it begins. */
  readonly path: string;
  readonly region: string;
  readonly template: Template;
  /** Folders and files of the assets, by their key in the bootstrap bucket. */
  readonly assets: ReadonlyMap<string, string>;
};

type Artifact = {
  readonly type: string;
  readonly displayName?: string;
  readonly properties?: Readonly<Record<string, string>>;
};

type AssetManifest = {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
};

/**
 * Reads every stack of an assembly, those of nested assemblies too.
 *
 * @throws {Error} when the folder holds no assembly
 */
export function readAssembly(directory: string): Stack[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new Error(`Cannot start: "${manifest}" does not exist, so synthesise first (cdk synth)`);
  }
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, Artifact> }>(manifest);
  const assets = assetsOf(directory, Object.values(artifacts));
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { type, properties = {} } = artifact;
    if (type === 'cdk:cloud-assembly') {
      return readAssembly(join(directory, properties['directoryName'] ?? ''));
    }
    if (type !== 'aws:cloudformation:stack') return [];
    return [stackOf(directory, id, artifact, assets)];
  });
}

function stackOf(
  directory: string,
  id: string,
  { displayName, properties = {} }: Artifact,
  assets: ReadonlyMap<string, string>,
): Stack {
  return {
    name: properties['stackName'] ?? id,
    path: displayName?.replace(/ \(.*\)$/, '') ?? id,
    // One machine is one Region, wherever the stacks are meant to go.
    region: 'us-east-1',
    template: readJson<Template>(join(directory, properties['templateFile'] ?? '')),
    assets,
  };
}

function assetsOf(directory: string, artifacts: readonly Artifact[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, properties } of artifacts) {
    if (type !== 'cdk:asset-manifest') continue;
    const { files = {} } = readJson<AssetManifest>(join(directory, properties?.['file'] ?? ''));
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) {
        found.set(objectKey, join(directory, source.path));
      }
    }
  }
  return found;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
