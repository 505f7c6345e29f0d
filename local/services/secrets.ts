/** @module Secrets Manager: values in memory, generated anew at each start. */

import { randomInt } from 'node:crypto';

export type GenerateSecretString = {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
};

export type Secret = { readonly name: string; readonly arn: string; readonly value: string };

export class Secrets {
  private readonly byArn = new Map<string, Secret>();

  put(secret: Secret) {
    this.byArn.set(secret.arn, secret);
  }

  generate(name: string, arn: string, rules: GenerateSecretString) {
    const password = passwordFor(rules);
    const { SecretStringTemplate: template, GenerateStringKey: key } = rules;
    const value =
      template === undefined || key === undefined
        ? password
        : JSON.stringify({ ...JSON.parse(template), [key]: password });
    this.put({ name, arn, value });
  }

  /** Finds a secret by ARN, with or without its random suffix, or by name. */
  find(id: string): Secret | undefined {
    const exact = this.byArn.get(id);
    if (exact !== undefined) return exact;
    return [...this.byArn.values()].find(
      ({ name, arn }) => name === id || arn.replace(/-[^-]{6}$/, '') === id,
    );
  }

  /** The value behind `{{resolve:secretsmanager:…}}`. */
  resolve(reference: string): string {
    const match =
      /^secretsmanager:(arn(?::[^:]*){5}:[^:]+|[^:]+)(?::SecretString(?::([^:]*))?)?(?::[^:]*)*$/.exec(
        reference,
      );
    const secret = match?.[1] === undefined ? undefined : this.find(match[1]);
    if (secret === undefined) {
      throw new Error(`dynamic reference "${reference}" is unknown to the local stack`);
    }
    const key = match?.[2];
    return key === undefined || key === '' ? secret.value : String(JSON.parse(secret.value)[key]);
  }
}

function passwordFor(rules: GenerateSecretString): string {
  const alphabets: readonly (readonly [excluded: boolean | undefined, characters: string])[] = [
    [rules.ExcludeLowercase, 'abcdefghijklmnopqrstuvwxyz'],
    [rules.ExcludeUppercase, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    [rules.ExcludeNumbers, '0123456789'],
    [rules.ExcludePunctuation, '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
    [rules.IncludeSpace !== true, ' '],
  ];
  const characters = alphabets
    .filter(([excluded]) => excluded !== true)
    .map(([, alphabet]) => alphabet)
    .join('');
  const usable = [...characters].filter((one) => !rules.ExcludeCharacters?.includes(one));
  const length = Number(rules.PasswordLength ?? 32);
  return Array.from({ length }, () => usable[randomInt(usable.length)]).join('');
}
