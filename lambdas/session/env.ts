import { optionalText, text } from '../../adapters/env.ts';

/** What the `session` function reads. */
export const sessionEnv = {
  SIGNING_SECRET_ARN: text,
  OIDC_ISSUER: optionalText,
  OIDC_AUDIENCE: optionalText,
  OIDC_MEMBERSHIP_CLAIM: optionalText,
  OIDC_CREATED_CLAIM: optionalText,
};
