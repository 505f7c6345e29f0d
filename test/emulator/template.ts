/** @module What an emulator needs changed in templates before it takes them. Each change says what it does. */

export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly UpdatePolicy?: object;
};

export type Template = { readonly Resources: Readonly<Record<string, Resource>> };

/** A changed template, and what was changed in it; nothing where it needed nothing. */
type Repaired = { readonly template: Template; readonly notes: readonly string[] };

export type TemplateRepair = (template: Template) => Repaired;

/**
 * Leaves out resources that the emulator does not have, and those that refer to them.
 *
 * @param kinds types, such as `AWS::Events::Archive`, or types with a property: `AWS::CloudWatch::Alarm.Metrics`
 */
export const withoutKinds =
  (kinds: readonly string[]): TemplateRepair =>
  (template) => {
    const all = Object.entries(template.Resources);
    const names = goneOf(all, kinds);
    const left = all.filter(([id]) => !names.includes(id));
    const gone = all.filter(([id]) => names.includes(id));
    return {
      template: {
        ...template,
        Resources: Object.fromEntries(left.map(([id, one]) => [id, apartFrom(names, one)])),
      },
      notes: gone.map(([id, { Type }]) => `left out ${Type} ${id}, which the emulator refuses`),
    };
  };

function goneOf(all: readonly (readonly [string, Resource])[], kinds: readonly string[]): string[] {
  const isRefused = ({ Type, Properties = {} }: Resource) =>
    kinds.includes(Type) || Object.keys(Properties).some((one) => kinds.includes(`${Type}.${one}`));
  const gone = all.filter(([, one]) => isRefused(one)).map(([id]) => id);
  for (let before = -1; before < gone.length; ) {
    before = gone.length;
    for (const [id, { Properties }] of all) {
      if (!gone.includes(id) && gone.some((one) => refersTo(Properties, one))) gone.push(id);
    }
  }
  return gone;
}

function refersTo(properties: unknown, id: string): boolean {
  const text = JSON.stringify(properties ?? {});
  return text.includes(`{"Ref":"${id}"}`) || text.includes(`{"Fn::GetAtt":["${id}",`);
}

/** A resource that neither waits for what is gone nor is updated by it. */
function apartFrom(gone: readonly string[], { DependsOn, UpdatePolicy, ...rest }: Resource) {
  const waits = [DependsOn ?? []].flat().filter((id) => !gone.includes(id));
  const text = JSON.stringify(UpdatePolicy ?? {});
  const isOurs = UpdatePolicy !== undefined && !gone.some((id) => text.includes(`"Ref":"${id}"`));
  return {
    ...rest,
    ...(waits.length > 0 && { DependsOn: waits }),
    ...(isOurs && { UpdatePolicy }),
  };
}

/** Changes the properties of each resource of a type that needs it. */
const changing =
  <P>(type: string, note: string, change: (properties: P) => object | undefined): TemplateRepair =>
  (template) => {
    const notes: string[] = [];
    const changed = Object.entries(template.Resources).map(([id, resource]) => {
      const properties = resource.Type === type ? change(resource.Properties as P) : undefined;
      if (properties === undefined) return [id, resource] as const;
      notes.push(`${id}: ${note}`);
      return [id, { ...resource, Properties: { ...resource.Properties, ...properties } }] as const;
    });
    return { template: { ...template, Resources: Object.fromEntries(changed) }, notes };
  };

const IMPORT = /^import\s*(\w+)\s*from\s*("[^"]+");/;

/** Writes each import of a CloudFront Function on a line of its own, where a reader of lines finds it. */
export const importsOnLines: TemplateRepair = changing<{ readonly FunctionCode: string }>(
  'AWS::CloudFront::Function',
  'imports of the function on lines of their own',
  ({ FunctionCode }) => {
    let rest = FunctionCode;
    let head = '';
    for (let found = IMPORT.exec(rest); found !== null; found = IMPORT.exec(rest)) {
      head += `import ${found[1]} from ${found[2]};\n`;
      rest = rest.slice(found[0].length).trimStart();
    }
    return head === '' ? undefined : { FunctionCode: head + rest };
  },
);

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Statement = { readonly Effect: string; readonly Condition?: Conditions };

const isTlsDenial = ({ Effect, Condition }: Statement): boolean =>
  Effect === 'Deny' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false';

/** A condition on the account for which CloudFront asks. */
const isForAccount = ({ Condition }: Statement): boolean =>
  Condition?.['StringEquals']?.['AWS:SourceAccount'] !== undefined;

/** Lets CloudFront into buckets where it comes by plain HTTP, and does not say for which account. */
export const openBuckets: TemplateRepair = changing<{
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}>(
  'AWS::S3::BucketPolicy',
  'no refusal of plain HTTP, no condition on the account: CloudFront says neither there',
  ({ PolicyDocument }) => {
    const all = PolicyDocument.Statement;
    if (!all.some((one) => isTlsDenial(one) || isForAccount(one))) return undefined;
    const Statement = all
      .filter((one) => !isTlsDenial(one))
      .map(({ Condition, ...rest }) =>
        Condition === undefined || isForAccount({ Condition, ...rest })
          ? rest
          : { ...rest, Condition },
      );
    return { PolicyDocument: { ...PolicyDocument, Statement } };
  },
);

type Origin = {
  readonly DomainName: unknown;
  readonly OriginPath?: string;
  readonly CustomOriginConfig?: object;
};

type Distribution = {
  readonly DistributionConfig: { readonly Origins: readonly Origin[] };
};

/** The id of the API in the name `<id>.execute-api.<region>.<suffix>`, as the template has it. */
function apiIdIn({ DomainName }: Origin): unknown {
  const [separator, parts] = (DomainName as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
  return separator === '' && parts?.[1] === '.execute-api.' ? parts[0] : undefined;
}

/**
 * Leads API origins to the emulator itself: an API has no address of AWS there.
 *
 * @param endpoint where the emulator is
 * @param prefix the path below which it has its APIs: `/_aws/execute-api/`
 */
export const apiOriginsAt = (endpoint: URL, prefix: string): TemplateRepair =>
  changing<Distribution>(
    'AWS::CloudFront::Distribution',
    'API origins are the emulator itself, over HTTP',
    ({ DistributionConfig }) => {
      if (!DistributionConfig.Origins.some((origin) => apiIdIn(origin))) return undefined;
      const Origins = DistributionConfig.Origins.map((origin) => {
        const id = apiIdIn(origin);
        if (id === undefined) return origin;
        return {
          ...origin,
          DomainName: endpoint.hostname,
          OriginPath: { 'Fn::Join': ['', [prefix, id, origin.OriginPath ?? '']] },
          CustomOriginConfig: {
            ...origin.CustomOriginConfig,
            OriginProtocolPolicy: 'http-only',
            HTTPPort: Number(endpoint.port || 80),
          },
        };
      });
      return { DistributionConfig: { ...DistributionConfig, Origins } };
    },
  );
