/** @module Takes the place of `@aws-sdk/credential-provider-node` in the bundles: the variables that Lambda sets. */

import { credentials } from '../adapters/env.ts';

/** The SDK's clients import it by this name. */
export const defaultProvider = () => async () => credentials();
