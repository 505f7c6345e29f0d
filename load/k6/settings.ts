/** @module What a load run can be told, by environment variables. `docs/load.md` lists them; a test holds the list to these. */

/** The scenarios that operators rehearse; each is a script of its name. */
export type ScenarioName = 'spike' | 'tail' | 'abuse';

/** What a value may be: the value of a text, or nothing where the text breaks the rule. */
type Reader<T> = { readonly rule: string; readonly read: (text: string) => T | undefined };

type Setting<T> = Reader<T> & {
  readonly variable: string;
  /** The value where the variable is not set; without one it must be. */
  readonly usual?: T;
};

const whole = (least: number, most: number): Reader<number> => ({
  rule: `it must be a whole number from ${least} to ${most}`,
  read: (text) => within(/^\d{1,15}$/, least, most, text),
});

const number = (least: number, most: number): Reader<number> => ({
  rule: `it must be a number from ${least} to ${most}`,
  read: (text) => within(/^\d*\.?\d+$/, least, most, text),
});

function within(form: RegExp, least: number, most: number, text: string): number | undefined {
  const value = form.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

const matching = (form: RegExp, rule: string): Reader<string> => ({
  rule,
  read: (text) => (form.test(text) ? text : undefined),
});

const choice: Reader<boolean> = {
  rule: 'it must be yes or no',
  read: (text) => ({ yes: true, no: false })[text],
};

const range: Reader<{ readonly least: number; readonly most: number }> = {
  rule: 'it must be a whole number from 1 to 100, or two with a dash, such as 1-3',
  read: (text) => {
    const [, least = '', most = least] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? [];
    const bounds = { least: Number(least), most: Number(most) };
    const isRight = bounds.least >= 1 && bounds.most <= 100 && bounds.least <= bounds.most;
    return isRight ? bounds : undefined;
  },
};

const ID = matching(/^[A-Za-z0-9-]{1,40}$/, 'it must have 1 to 40 letters, digits and dashes');

function setting<T>(variable: string, reader: Reader<T>, usual?: T): Setting<T> {
  return usual === undefined ? { variable, ...reader } : { variable, ...reader, usual };
}

const NONE = '';

/** Every setting. Shares are from 0 to 1. */
export const SETTINGS = {
  baseUrl: setting(
    'BASE_URL',
    matching(
      /^https?:\/\/[^/\s?#]+$/,
      'it must be scheme and host, such as https://sale.example.com',
    ),
  ),
  sale: setting('SALE', ID),
  sku: setting('SKU', ID, NONE),
  shoppers: setting('SHOPPERS', whole(1, 1_000_000), 1_000),
  arriveSeconds: setting('ARRIVE_SECONDS', number(0.1, 60), 2),
  leadSeconds: setting('LEAD_SECONDS', number(0, 600), 0),
  rate: setting('RATE', whole(1, 100_000), 50),
  durationSeconds: setting('DURATION_SECONDS', whole(1, 86_400), 600),
  vus: setting('VUS', whole(1, 200_000), 2_000),
  badRate: setting('BAD_RATE', whole(1, 100_000), 50),
  doubleRate: setting('DOUBLE_RATE', whole(1, 100_000), 10),
  pollers: setting('POLLERS', whole(1, 100_000), 20),
  quantity: setting('QUANTITY', range, { least: 1, most: 1 }),
  doubleClick: setting('DOUBLE_CLICK', number(0, 1), 0.3),
  pay: setting('PAY', number(0, 1), 0),
  lagShare: setting('LAG_SHARE', number(0, 1), 0.02),
  units: setting('UNITS', whole(0, 1_000_000_000), 0),
  patienceSeconds: setting('PATIENCE_SECONDS', whole(1, 600), 30),
  visitSeconds: setting('VISIT_SECONDS', whole(10, 3_600), 300),
  seed: setting('SEED', whole(0, 0xffffffff), 1),
  mostWork: setting('MOST_WORK', whole(0, 100_000_000), 200_000),
  tokens: setting('TOKENS', matching(/\S/, 'it must be the path of a file'), NONE),
  code: setting('CODE', matching(/\S/, 'it must be the code that was announced'), NONE),
  header: setting(
    'HEADER',
    matching(/^[A-Za-z0-9-]+: \S.*$/, 'it must be a name, a colon, a space and a value'),
    NONE,
  ),
  otherSale: setting('OTHER_SALE', ID, NONE),
  judgeTime: setting('JUDGE_TIME', choice, true),
  p95Ms: setting('P95_MS', whole(1, 60_000), 200),
  lagMs: setting('LAG_MS', whole(1, 600_000), 5_000),
  errorShare: setting('ERROR_SHARE', number(0, 1), 0.01),
  answers: setting('ANSWERS', choice, false),
  out: setting('OUT', matching(/\S/, 'it must be the path of a folder'), '.'),
} as const;

type Value<S> = S extends Setting<infer T> ? T : never;

export type Settings = { readonly [K in keyof typeof SETTINGS]: Value<(typeof SETTINGS)[K]> } & {
  readonly scenario: ScenarioName;
};

/** These are secret: a complaint about them does not show them. */
const SECRET = new Set(['CODE', 'HEADER', 'TOKENS']);

/** Names of a scenario's own usual values. Abuse is a matter of a minute, a tail of ten. */
const USUAL_OF: Readonly<Record<ScenarioName, Readonly<Record<string, unknown>>>> = {
  spike: {},
  tail: {},
  // Some seconds before the opening, so that presses before it are among the bad ones.
  abuse: { durationSeconds: 60, leadSeconds: 3 },
};

/**
 * Reads the settings of a scenario.
 *
 * @throws {Error} naming the variable, its value and the rule that it breaks
 */
export function settingsFrom(
  env: Readonly<Record<string, string | undefined>>,
  scenario: ScenarioName,
): Settings {
  const read = Object.entries(SETTINGS).map(([name, one]) => {
    const usual = USUAL_OF[scenario][name] ?? one.usual;
    return [name, readOne(one as Setting<unknown>, env[one.variable] ?? '', usual)] as const;
  });
  return { ...(Object.fromEntries(read) as Omit<Settings, 'scenario'>), scenario };
}

function readOne({ variable, rule, read }: Setting<unknown>, text: string, usual: unknown) {
  if (text === '' && usual !== undefined) return usual;
  if (text === '') throw new Error(`Cannot run: ${variable} is not set; ${rule}`);
  const value = read(text);
  if (value !== undefined) return value;
  const shown = SECRET.has(variable) ? variable : `${variable} "${text}"`;
  throw new Error(`Cannot read ${shown}: ${rule}`);
}
