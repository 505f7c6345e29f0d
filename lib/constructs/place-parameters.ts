/** @module The template parameters: what a place can change at deployment, without another synth. */

import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { Stage } from '../stage.ts';

export type PlaceParameters = {
  readonly oidcIssuer: string;
  readonly oidcAudience: string;
  /** Names of claims in the identity token. */
  readonly oidcMembershipClaim: string;
  readonly oidcCreatedClaim: string;
  readonly paymentProviderUrl: string;
  /** The issuer and the audience, or `none` without an issuer: where others read it, an empty text says nothing. */
  readonly issuerOrNone: string;
  readonly audienceOrNone: string;
};

/** Declares the parameters of the functions, with what the stage says as their defaults. */
export function declarePlace(stack: Stack, stage: Stage): PlaceParameters {
  const { identity, paymentProviderUrl } = stage;
  const issuer = declareIssuer(stack, stage);
  const oidcAudience = declare(
    stack,
    'OidcAudience',
    'Audience of its identity tokens',
    identity === 'none' ? '' : identity.audience,
  );
  return {
    oidcIssuer: issuer.url,
    oidcAudience,
    oidcMembershipClaim: declare(
      stack,
      'OidcMembershipClaim',
      'Claim of the identity token that names a membership',
      'membership',
    ),
    oidcCreatedClaim: declare(
      stack,
      'OidcCreatedClaim',
      'Claim of the identity token that says when the account was created',
      'account_created_at',
    ),
    paymentProviderUrl: declare(
      stack,
      'PaymentProviderUrl',
      'Where the payment provider is',
      paymentProviderUrl === 'at-deploy' ? undefined : paymentProviderUrl,
    ),
    issuerOrNone: issuer.ifAny(issuer.url, 'none'),
    audienceOrNone: issuer.ifAny(oidcAudience, 'none'),
  };
}

/**
 * What the site's scripts may talk to, as a content security policy writes it: the site, and the issuer's origin where
 * there is one. The stack gets a parameter of its own for it: what another stack exports cannot change while it is read.
 */
export function declareConnectSources(stack: Stack, stage: Stage): string {
  const { url, ifAny } = declareIssuer(stack, stage);
  return ifAny(`'self' ${originOf(url)}${declareTokenOrigin(stack, 'Oidc')}`, "'self'");
}

/** The same for the scripts of the operators' page, whose issuer is another. */
export function declareOperatorSources(stack: Stack, { operators }: Stage): string {
  const issuer = operators === 'none' ? '' : operators.issuer;
  const url = declare(stack, 'OperatorIssuer', 'Identity issuer of operators; empty: none', issuer);
  new CfnCondition(stack, 'HasOperators', {
    expression: Fn.conditionNot(Fn.conditionEquals(url, '')),
  });
  const sources = `'self' ${originOf(url)}${declareTokenOrigin(stack, 'Operator')}`;
  return Fn.conditionIf('HasOperators', sources, "'self'").toString();
}

/** The slashes are for an empty issuer: CloudFormation may look for the third part before it chooses. */
function originOf(url: string): string {
  const parts = Fn.split('/', `${url}///`);
  return `${Fn.select(0, parts)}//${Fn.select(2, parts)}`;
}

/** A further source, with a space before it, or nothing. */
function declareTokenOrigin(stack: Stack, whose: 'Oidc' | 'Operator'): string {
  const tokenOrigin = declare(
    stack,
    `${whose}TokenOrigin`,
    "Origin of the issuer's token endpoint where it is another than the issuer's, as Cognito's is",
    '',
  );
  const condition = whose === 'Oidc' ? 'HasTokenOrigin' : 'HasOperatorTokenOrigin';
  new CfnCondition(stack, condition, {
    expression: Fn.conditionNot(Fn.conditionEquals(tokenOrigin, '')),
  });
  return Fn.conditionIf(condition, ` ${tokenOrigin}`, '').toString();
}

function declareIssuer(stack: Stack, { identity }: Stage) {
  const issuer = identity === 'none' ? '' : identity.issuer;
  const url = declare(stack, 'OidcIssuer', 'Identity issuer; empty: guests only', issuer);
  new CfnCondition(stack, 'HasIssuer', {
    expression: Fn.conditionNot(Fn.conditionEquals(url, '')),
  });
  const ifAny = (value: string, otherwise: string) =>
    Fn.conditionIf('HasIssuer', value, otherwise).toString();
  return { url, ifAny };
}

const declare = (stack: Stack, id: string, description: string, value?: string): string =>
  new CfnParameter(stack, id, { description, ...(value !== undefined && { default: value }) })
    .valueAsString;
