/** @module CloudFront: what is forwarded, what is cached, which headers are added. */

import type { Resource } from '../cloudformation/resource.ts';
import type { Choice, Forwarded, HeaderRule } from '../cloudfront/edge-parts.ts';
import type { Maker, Makers } from './maker.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (value ?? {}) as Fields;

const BEHAVIORS: Readonly<Record<string, Choice['behavior']>> = {
  none: 'none',
  all: 'all',
  allViewer: 'all',
  whitelist: 'whitelist',
  allExcept: 'allExcept',
  // CloudFront's own headers come on top of the viewer's.
  allViewerAndWhitelistCloudFront: 'all',
};

function choiceOf(resource: Resource, config: unknown, kind: string): Choice {
  const given = fields(config);
  const singular = kind === 'QueryStrings' ? 'QueryString' : kind.slice(0, -1);
  const behavior = BEHAVIORS[String(given[`${singular}Behavior`] ?? 'none')];
  if (behavior === undefined) {
    throw resource.error(
      `${singular}Behavior ${JSON.stringify(given)} is unknown to the local stack`,
    );
  }
  const names = (given[kind] ?? []) as string[];
  // Header names have no case; query strings and cookies do.
  return {
    behavior,
    names: new Set(kind === 'Headers' ? names.map((name) => name.toLowerCase()) : names),
  };
}

const forwardedOf = (resource: Resource, config: Fields): Forwarded => ({
  query: choiceOf(resource, config['QueryStringsConfig'], 'QueryStrings'),
  headers: choiceOf(resource, config['HeadersConfig'], 'Headers'),
  cookies: choiceOf(resource, config['CookiesConfig'], 'Cookies'),
});

const cachePolicy: Maker = (resource, inventory) => {
  const config = fields(resource.properties['CachePolicyConfig']);
  const forwarded = fields(config['ParametersInCacheKeyAndForwardedToOrigin']);
  inventory.edge.cachePolicies.set(resource.logicalId, {
    ...forwardedOf(resource, forwarded),
    minSeconds: Number(config['MinTTL']),
    defaultSeconds: Number(config['DefaultTTL']),
    maxSeconds: Number(config['MaxTTL']),
  });
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

const originRequestPolicy: Maker = (resource, inventory) => {
  const config = fields(resource.properties['OriginRequestPolicyConfig']);
  inventory.edge.originRequestPolicies.set(resource.logicalId, forwardedOf(resource, config));
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

/** How each security header is written. */
const SECURITY: Readonly<Record<string, (rule: Fields) => readonly [name: string, value: string]>> =
  {
    ContentSecurityPolicy: (rule) => [
      'content-security-policy',
      String(rule['ContentSecurityPolicy']),
    ],
    ContentTypeOptions: () => ['x-content-type-options', 'nosniff'],
    FrameOptions: (rule) => ['x-frame-options', String(rule['FrameOption'])],
    ReferrerPolicy: (rule) => ['referrer-policy', String(rule['ReferrerPolicy'])],
    StrictTransportSecurity: (rule) => [
      'strict-transport-security',
      [
        `max-age=${rule['AccessControlMaxAgeSec']}`,
        rule['IncludeSubdomains'] === true ? 'includeSubDomains' : '',
        rule['Preload'] === true ? 'preload' : '',
      ]
        .filter((part) => part !== '')
        .join('; '),
    ],
    XSSProtection: (rule) => [
      'x-xss-protection',
      rule['Protection'] === true ? `1${rule['ModeBlock'] === true ? '; mode=block' : ''}` : '0',
    ],
  };

const responseHeadersPolicy: Maker = (resource, inventory) => {
  const config = fields(resource.properties['ResponseHeadersPolicyConfig']);
  const known = [
    'Comment',
    'CustomHeadersConfig',
    'Name',
    'RemoveHeadersConfig',
    'SecurityHeadersConfig',
  ];
  const unknown = Object.keys(config).find((key) => !known.includes(key));
  if (unknown !== undefined) throw resource.error(`"${unknown}" is unknown to the local stack`);
  const custom = (fields(config['CustomHeadersConfig'])['Items'] ?? []) as Fields[];
  const removed = (fields(config['RemoveHeadersConfig'])['Items'] ?? []) as Fields[];
  inventory.edge.responseHeadersPolicies.set(resource.logicalId, {
    set: [
      ...securityRules(resource, fields(config['SecurityHeadersConfig'])),
      ...custom.map(({ Header, Value, Override }) => ({
        name: String(Header).toLowerCase(),
        value: String(Value),
        override: Override === true,
      })),
    ],
    remove: removed.map(({ Header }) => String(Header).toLowerCase()),
  });
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

function securityRules(resource: Resource, config: Fields): HeaderRule[] {
  return Object.entries(config).map(([key, rule]) => {
    const write = SECURITY[key];
    if (write === undefined) throw resource.error(`"${key}" is unknown to the local stack`);
    const [name, value] = write(fields(rule));
    return { name, value, override: fields(rule)['Override'] === true };
  });
}

export const edgePolicyResources: Makers = {
  'AWS::CloudFront::CachePolicy': cachePolicy,
  'AWS::CloudFront::OriginRequestPolicy': originRequestPolicy,
  'AWS::CloudFront::ResponseHeadersPolicy': responseHeadersPolicy,
};
