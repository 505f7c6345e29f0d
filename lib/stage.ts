/** @module Chooses a stage and holds it to the rules that no stack may break. */

import type { StageName } from '../capacity/sizes.ts';
import { AWS_CLIENTS, type AwsClient } from './aws-client.ts';
import { configOf, type Identity, type StageConfig, WAF_ON, type Waf } from './config.ts';

/** A stage with its name: what every stack and construct reads instead of the environment. */
export type Stage = StageConfig & { readonly name: StageName; readonly awsClient: AwsClient };

/** How functions call AWS. @throws {RangeError} when it is neither of the two ways */
export const awsClientFrom = (context: Context): AwsClient =>
  oneOf(context, 'awsClient', AWS_CLIENTS, 'lean');

/** Reads one value of the CDK context (`-c key=value`, `cdk.json`). */
export type Context = (key: string) => unknown;

/**
 * The stage that the context names, with what the context overrides.
 *
 * Keys: `stage`, `guests`, `oidcIssuer` and `oidcAudience`, `paymentProviderUrl`, `region`, `waf` (`on` or `off`), `awsClient`
 * (`lean` or `sdk`).
 *
 * @throws {RangeError} naming the setting, its value and the rule that it breaks
 */
export function stageFrom(context: Context): Stage {
  const name = oneOf(context, 'stage', ['dev', 'prod'], 'dev');
  const config = configOf(name);
  return checked({
    ...config,
    name,
    guests: oneOf(context, 'guests', ['allowed', 'refused'], config.guests),
    identity: identityFrom(context) ?? config.identity,
    paymentProviderUrl: textFrom(context, 'paymentProviderUrl') ?? config.paymentProviderUrl,
    region: textFrom(context, 'region') ?? config.region,
    waf: wafFrom(context, config.waf),
    awsClient: awsClientFrom(context),
  });
}

/**
 * Refuses a stage that would promise what it cannot keep.
 *
 * @throws {RangeError} naming the setting, its value and the rule that it breaks
 */
function checked(stage: Stage): Stage {
  if (stage.identity === 'none' && stage.guests === 'refused') {
    throw new RangeError(
      `Cannot synthesise stage "${stage.name}": setting "identity" is "none" while "guests" is "refused", ` +
        'and a limit per shopper needs an identity issuer: set "identity" in lib/config.ts ' +
        '(or -c oidcIssuer=URL -c oidcAudience=ID), or give the limit up with guests: "allowed" (-c guests=allowed)',
    );
  }
  const handedOn = handedOnFromGlobal(stage);
  if (handedOn !== undefined && stage.region === 'at-deploy') {
    throw new RangeError(
      `Cannot synthesise stage "${stage.name}": setting "region" is "at-deploy" while ${handedOn}, ` +
        'and what lives in us-east-1 can be handed on to a named Region only: set "region" in lib/config.ts ' +
        '(or -c region=NAME), or do without it (-c waf=off)',
    );
  }
  return stage;
}

/** Why a stage needs the stack in us-east-1, or nothing. */
function handedOnFromGlobal({ waf, domain }: Stage): string | undefined {
  if (waf !== 'off') return 'the web ACL is on';
  return domain !== 'none' && domain.certificate === 'new' ? 'the certificate is new' : undefined;
}

/** What the stage has; `on` where it has none is what production has. */
function wafFrom(context: Context, waf: Waf): Waf {
  if (oneOf(context, 'waf', ['on', 'off'], waf === 'off' ? 'off' : 'on') === 'off') return 'off';
  return waf === 'off' ? WAF_ON : waf;
}

function identityFrom(context: Context): Identity | undefined {
  const issuer = textFrom(context, 'oidcIssuer');
  const audience = textFrom(context, 'oidcAudience');
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) {
    throw new RangeError(
      'Cannot read the identity issuer: "oidcIssuer" and "oidcAudience" are set together or not at all',
    );
  }
  return { issuer, audience };
}

function textFrom(context: Context, key: string): string | undefined {
  const value = context(key);
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') {
    throw new RangeError(`Cannot read context "${key}": ${JSON.stringify(value)} is not a string`);
  }
  return value;
}

function oneOf<T extends string>(
  context: Context,
  key: string,
  allowed: readonly T[],
  otherwise: T,
): T {
  const value = textFrom(context, key) ?? otherwise;
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new RangeError(
      `Cannot read context "${key}": "${value}" is none of "${allowed.join('", "')}"`,
    );
  }
  return found;
}
