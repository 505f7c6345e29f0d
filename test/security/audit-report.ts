/** @module What `npm audit` says of production dependencies, judged; and what can be judged where it says nothing. */

/** Why an advisory is lived with, and for how long. */
type Acceptance = {
  readonly package: string;
  readonly reason: string;
  /** A day, `YYYY-MM-DD`: after it the advisory is a finding again. */
  readonly until: string;
};

export type Accepted = Readonly<Record<string, Acceptance>>;

type Advisory = {
  readonly name: string;
  readonly url: string;
  readonly title: string;
  readonly severity: string;
};

/** The JSON of `npm audit`, as far as it is read. */
export type AuditJson = {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly via: readonly (Advisory | string)[] }>
  >;
  /** In place of a report: why there is none. */
  readonly message?: string;
};

export type AuditVerdict =
  | { readonly kind: 'judged'; readonly findings: readonly string[] }
  | { readonly kind: 'not-judged'; readonly why: string };

const idOf = (url: string): string => /GHSA(-\w{4}){3}/.exec(url)?.[0] ?? url;

/** Judges a report. @param today `YYYY-MM-DD` */
export function judgeAudit(
  { vulnerabilities, message }: AuditJson,
  accepted: Accepted,
  today: string,
): AuditVerdict {
  if (vulnerabilities === undefined) {
    return { kind: 'not-judged', why: message ?? 'npm audit answered no report' };
  }
  const advisories = new Map(
    Object.values(vulnerabilities)
      .flatMap(({ via }) => via)
      // A text names another package, which has an entry of its own.
      .filter((one): one is Advisory => typeof one !== 'string')
      .map((one) => [idOf(one.url), one]),
  );
  const open = [...advisories].flatMap(([id, advisory]) => openIn(id, advisory, accepted, today));
  const stale = Object.keys(accepted)
    .filter((id) => !advisories.has(id))
    .map((id) => `${id}: it is accepted, and no dependency has it any more: remove it`);
  return { kind: 'judged', findings: [...open, ...stale] };
}

function openIn(
  id: string,
  { name, title, severity, url }: Advisory,
  accepted: Accepted,
  today: string,
): readonly string[] {
  const known = accepted[id];
  const what = `${id} (${severity}) in "${name}": ${title}, ${url}`;
  if (known === undefined) return [what];
  if (known.package !== name) return [`${what}; accepted for "${known.package}" only`];
  if (known.reason.trim() === '') return [`${what}; accepted without a reason`];
  return today > known.until ? [`${what}; accepted until ${known.until}`] : [];
}

/** A lock file, as far as it is read. */
export type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly dev?: boolean;
        readonly integrity?: string;
        readonly resolved?: string;
        readonly hasInstallScript?: boolean;
      }
    >
  >;
};

/** Production packages of a lock file, by path. */
export const productionOf = ({ packages }: Lock) =>
  Object.entries(packages).filter(([path, { dev = false }]) => path !== '' && !dev);

/** What is wrong with production packages as they are locked: one that could change unseen, or that runs at install. */
export const lockFindings = (lock: Lock): readonly string[] =>
  productionOf(lock).flatMap(([path, { version, integrity, resolved, hasInstallScript }]) => [
    ...(/^\d+\.\d+\.\d+/.test(version ?? '') ? [] : [`${path}: it has no exact version`]),
    ...(/^sha512-/.test(integrity ?? '') ? [] : [`${path}: it has no SHA-512 to be held to`]),
    ...(/^(https:|undefined)/.test(`${resolved}`) ? [] : [`${path}: it comes from ${resolved}`]),
    ...(hasInstallScript ? [`${path}: it runs a script when it is installed`] : []),
  ]);
