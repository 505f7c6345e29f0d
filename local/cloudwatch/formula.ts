/**
 * @module
 * Metric math, as far as alarms use it: numbers and series, `+ - * /`, comparisons, `AND` and `OR`, `IF` and `FILL`. A
 * series has one place for each period, the oldest first, and nothing where there is no value.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */

export type Values = readonly (number | undefined)[];

/** What a formula comes to, given its metrics by their ids. */
export type Formula = (metrics: Readonly<Record<string, Values>>, length: number) => Values;

const TOKEN = /\s*(?:([0-9.]+)|([A-Za-z_][A-Za-z0-9_]*)|(>=|<=|==|!=|&&|\|\||[-+*/<>(),]))/y;

type Binary = (a: number, b: number) => number | undefined;

/** Operators by how weakly they bind, the weakest first. */
const LEVELS: readonly Readonly<Record<string, Binary>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  // What is divided by nothing has no value.
  { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? undefined : a / b) },
];

const each =
  (of: Binary, left: Formula, right: Formula): Formula =>
  (metrics, length) => {
    const b = right(metrics, length);
    return left(metrics, length).map((value, index) => {
      const other = b[index];
      return value === undefined || other === undefined ? undefined : of(value, other);
    });
  };

const choose =
  ([condition, then, otherwise]: readonly Formula[]): Formula =>
  (metrics, length) => {
    const [whether, yes, no] = [condition, then, otherwise].map((one) => one?.(metrics, length));
    return (whether ?? []).map((value, index) =>
      value === undefined ? undefined : (value === 0 ? no : yes)?.[index],
    );
  };

const fill =
  ([series, by]: readonly Formula[]): Formula =>
  (metrics, length) => {
    const filler = by?.(metrics, length);
    return (series?.(metrics, length) ?? []).map((value, index) => value ?? filler?.[index]);
  };

const repeat =
  (series: Formula): Formula =>
  (metrics, length) => {
    let last: number | undefined;
    return series(metrics, length).map((value) => {
      last = value ?? last;
      return last;
    });
  };

/** Reads one formula. @throws {Error} naming the part that cannot be read */
export function formulaOf(text: string): Formula {
  const tokens = tokensOf(text);
  const formula = new Reader(text, tokens).whole();
  return formula;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [found] = TOKEN.exec(text) ?? [];
    if (found === undefined) {
      throw new Error(`Cannot read the formula "${text}": "${text.slice(at)}" is unknown here`);
    }
    tokens.push(found.trim());
  }
  return tokens;
}

class Reader {
  private readonly text: string;
  private readonly tokens: string[];

  constructor(text: string, tokens: string[]) {
    this.text = text;
    this.tokens = tokens;
  }

  whole(): Formula {
    const formula = this.level(0);
    if (this.tokens.length > 0) throw this.error(this.tokens[0]);
    return formula;
  }

  private level(at: number): Formula {
    const operators = LEVELS[at];
    if (operators === undefined) return this.operand();
    let left = this.level(at + 1);
    for (let of = operators[this.tokens[0] ?? '']; of; of = operators[this.tokens[0] ?? '']) {
      this.tokens.shift();
      left = each(of, left, this.level(at + 1));
    }
    return left;
  }

  private operand(): Formula {
    const token = this.tokens.shift() ?? '';
    if (token === '(') return this.closed(this.level(0));
    if (/^[0-9.]/.test(token)) return (_, length) => Array.from({ length }, () => Number(token));
    if (!/^[A-Za-z_]/.test(token)) throw this.error(token);
    return this.tokens[0] === '(' ? this.call(token) : this.metric(token);
  }

  private metric(id: string): Formula {
    return (metrics) => {
      const found = metrics[id];
      if (found === undefined) throw this.error(id);
      return found;
    };
  }

  private call(name: string): Formula {
    this.tokens.shift();
    const first = this.level(0);
    if (name === 'FILL' && this.tokens[1] === 'REPEAT') {
      this.tokens.splice(0, 2);
      return this.closed(repeat(first));
    }
    const given = [first];
    while (this.tokens[0] === ',') {
      this.tokens.shift();
      given.push(this.level(0));
    }
    if (name === 'FILL' && given.length === 2) return this.closed(fill(given));
    if (name === 'IF' && given.length === 3) return this.closed(choose(given));
    throw this.error(name);
  }

  private closed(formula: Formula): Formula {
    const token = this.tokens.shift();
    if (token !== ')') throw this.error(token);
    return formula;
  }

  private error(token = 'its end'): Error {
    return new Error(`Cannot read the formula "${this.text}": "${token}" is unknown here`);
  }
}
