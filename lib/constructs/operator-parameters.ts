/** @module Who says who operators are: template parameters, as those of shoppers in `place-parameters.ts`. */

import { CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Stage } from '../stage.ts';

export type OperatorParameters = {
  /** Empty: nobody gets in. */
  readonly operatorIssuer: string;
  readonly operatorAudience: string;
  readonly operatorGroupClaim: string;
  readonly operatorGroup: string;
};

/** Declares the parameters of the operators' function, with what the stage says as their defaults. */
export function declareOperators(stack: Stack, { operators }: Stage): OperatorParameters {
  const { issuer, audience, groupClaim, group } = operators === 'none' ? NOBODY : operators;
  const declare = (id: string, description: string, value: string) =>
    new CfnParameter(stack, id, { description, default: value }).valueAsString;
  return {
    operatorIssuer: declare(
      'OperatorIssuer',
      'Identity issuer of operators; empty: nobody may use their page',
      issuer,
    ),
    operatorAudience: declare('OperatorAudience', 'Audience of their identity tokens', audience),
    operatorGroupClaim: declare(
      'OperatorGroupClaim',
      'Claim of the identity token that lists groups, such as cognito:groups',
      groupClaim,
    ),
    operatorGroup: declare('OperatorGroup', 'The group that operators are in', group),
  };
}

/** What the parameters say where a stage has no operators' page: a place may say otherwise. */
const NOBODY = { issuer: '', audience: '', groupClaim: 'groups', group: 'operators' };
