/** @module Who is turned away at the gate, and who is looked at twice. Its form: `docs/architecture.md`, The KeyValueStore. */

/** The entry; absent members block nobody. */
export type Blocked = {
  /** Addresses, or beginnings of addresses that end with `.` or `:`. */
  readonly a?: readonly string[];
  /** A regular expression over the user agent, case ignored. */
  readonly g?: string;
  /** Points of risk by JA4 fingerprint. */
  readonly j?: Readonly<Record<string, number>>;
};

/** What an operator wants put in, or taken out. */
export type BlockedChange = {
  readonly addresses: readonly string[];
  readonly agent?: string;
  /** `<fingerprint>=<points>`; the points do not matter where it is taken out. */
  readonly ja4: readonly string[];
};

/** What the gate refuses to give a ticket for is 6 points. */
const MOST_POINTS = 6;

const LONGEST_AGENT = 200;

/** What CloudFront lets a value have. */
const MOST_BYTES = 1024;

const JA4 = /^(?<fingerprint>[a-z][0-9a-z]{9}_[0-9a-f]{12}_[0-9a-f]{12})(=(?<points>[0-9]+))?$/;

const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IP_V4 = new RegExp(`^((${BYTE}\\.){3}${BYTE}|(${BYTE}\\.){1,3})$`);

const GROUP = /^[0-9a-f]{1,4}$/;
const IP_V6_GROUPS = 8;

/** Every browser begins with it. */
const ANY_BROWSER = 'Mozilla/5.0';

/** Puts in. @throws {RangeError} that names what cannot be blocked, and the rule */
export function block(old: Blocked, { addresses, agent, ja4 }: BlockedChange): Blocked {
  for (const address of addresses) checkAddress(address);
  if (agent !== undefined) checkAgent(agent);
  const points = ja4.map(pointsIn);
  return whole({
    a: [...new Set([...(old.a ?? []), ...addresses])],
    g: agent ?? old.g,
    j: { ...old.j, ...Object.fromEntries(points) },
  });
}

/** Takes out; what is not there is no error. */
export function unblock(old: Blocked, { addresses, agent, ja4 }: BlockedChange): Blocked {
  const fingerprints = ja4.map((one) => one.split('=')[0] ?? '');
  return whole({
    a: (old.a ?? []).filter((one) => !addresses.includes(one)),
    g: agent === undefined || agent !== old.g ? old.g : undefined,
    j: Object.fromEntries(
      Object.entries(old.j ?? {}).filter(([fingerprint]) => !fingerprints.includes(fingerprint)),
    ),
  });
}

function checkAddress(address: string) {
  if (IP_V4.test(address) || isV6(address)) return;
  throw new RangeError(
    `Cannot block address "${address}": it must be an IPv4 or IPv6 address in lower case, or the beginning of one that ends with "." or ":", such as "198.51.100."`,
  );
}

/** A whole address, with or without its `::`, or a beginning of one to seven groups. */
function isV6(address: string): boolean {
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 1) {
    return halves.length === 2 && groups.length < IP_V6_GROUPS && groups.every(isGroup);
  }
  const isBeginning = address.endsWith(':') && groups.length <= IP_V6_GROUPS;
  const named = isBeginning ? groups.slice(0, -1) : groups;
  return named.every(isGroup) && (isBeginning ? named.length > 0 : named.length === IP_V6_GROUPS);
}

const isGroup = (text: string): boolean => GROUP.test(text);

function checkAgent(agent: string) {
  const why = agentFault(agent);
  if (why) throw new RangeError(`Cannot block agent "${agent}": ${why}`);
}

function agentFault(agent: string): string | undefined {
  if (agent === '' || agent.length > LONGEST_AGENT) {
    return `it must be a regular expression of 1 to ${LONGEST_AGENT} characters`;
  }
  try {
    return new RegExp(agent, 'i').test(ANY_BROWSER)
      ? `it matches "${ANY_BROWSER}", with which every browser begins`
      : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function pointsIn(text: string): [string, number] {
  const { fingerprint, points } = JA4.exec(text)?.groups ?? {};
  const count = Number(points);
  if (fingerprint !== undefined && count >= 1 && count <= MOST_POINTS) return [fingerprint, count];
  throw new RangeError(
    `Cannot take "${text}": it must be a JA4 fingerprint and its points, 1 to ${MOST_POINTS}, such as "t13d1516h2_8daaf6152771_02713d6af862=2"`,
  );
}

/** Without what is empty. @throws {RangeError} when it is too large for the edge store */
function whole({ a, g, j }: { a: readonly string[]; g: string | undefined; j: object }): Blocked {
  const entry = {
    ...(a.length > 0 && { a }),
    ...(g !== undefined && { g }),
    ...(Object.keys(j).length > 0 && { j }),
  } as Blocked;
  const bytes = new TextEncoder().encode(JSON.stringify(entry)).length;
  if (bytes <= MOST_BYTES) return entry;
  throw new RangeError(
    `Cannot block so many: the list would have ${bytes} bytes, and the edge store takes ${MOST_BYTES}; block beginnings of addresses, or use the web ACL`,
  );
}
