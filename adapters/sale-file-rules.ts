/** @module What must hold of a sale file beyond its schema. */

import type { Breach } from './json-schema.ts';
import type { Document, Member } from './sale-file-json.ts';

import { isZone, lacksOffset, printOffset, readInstant, zoneOffset } from './sale-file-time.ts';

const INSTANTS = ['opensAt', 'closesAt'];

/** Everything that these rules find. What is missing, or of another type, is for the schema to say. */
export const ruleBreaches = ({ members }: Document): Breach[] => [
  ...[...members.values()].flatMap(exactness),
  ...INSTANTS.flatMap((name) => instantRule(members.get(name))),
  ...orderRule(members),
  ...zoneRules(members),
  ...currencyRule(members.get('currency')),
  ...countriesOf(members).flatMap(countryRule),
  ...itemsOf(members).flatMap(limitRule),
  ...repeatedSkus(itemsOf(members)),
];

type Members = Document['members'];
type ItemMembers = { readonly sku?: Member; readonly units?: Member; readonly limit?: Member };

const breach = (member: Member, rule: string): Breach[] => [{ path: member.path, rule }];

const textOf = (member: Member | undefined): string | undefined =>
  typeof member?.node.value === 'string' ? member.node.value : undefined;

const numberOf = (member: Member | undefined): number | undefined =>
  typeof member?.node.value === 'number' ? member.node.value : undefined;

/** What other readers of JSON, or a table, would turn into something else. */
function exactness(member: Member): Breach[] {
  const { value } = member.node;
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return breach(
      member,
      `it must lie within ±${Number.MAX_SAFE_INTEGER}, where integers are exact`,
    );
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    return breach(member, 'it must not have half a surrogate pair');
  }
  return [];
}

function instantRule(member: Member | undefined): Breach[] {
  const text = textOf(member);
  if (member === undefined || text === undefined) return [];
  if (lacksOffset(text)) return breach(member, 'it must end with its offset, such as +01:00, or Z');
  return readInstant(text) ? [] : breach(member, NO_INSTANT);
}

const NO_INSTANT =
  'it must be an ISO 8601 instant that the calendar has, with an offset, such as "2026-11-27T18:00:00+01:00"';

function orderRule(members: Members): Breach[] {
  const closes = members.get('closesAt');
  const [opensAt, closesAt] = INSTANTS.map(
    (name) => readInstant(textOf(members.get(name)) ?? '')?.at,
  );
  if (!closes || opensAt === undefined || closesAt === undefined) return [];
  return closesAt > opensAt ? [] : breach(closes, 'it must be later than opensAt');
}

function zoneRules(members: Members): Breach[] {
  const member = members.get('timeZone');
  const zone = textOf(member);
  if (member === undefined || zone === undefined) return [];
  if (!isZone(zone)) return breach(member, 'it must be an IANA time zone, such as "Europe/Berlin"');
  return INSTANTS.flatMap((name) => offsetRule(members.get(name), zone));
}

function offsetRule(member: Member | undefined, zone: string): Breach[] {
  const instant = readInstant(textOf(member) ?? '');
  if (member === undefined || instant?.offsetMinutes === undefined) return [];
  const offset = zoneOffset(zone, instant.at);
  if (instant.offsetMinutes === offset) return [];
  return breach(member, `its offset must be that of ${zone} then, ${printOffset(offset)}`);
}

function currencyRule(member: Member | undefined): Breach[] {
  const code = textOf(member);
  if (member === undefined || code === undefined || !/^[A-Z]{3}$/.test(code)) return [];
  const isKnown = Intl.supportedValuesOf('currency').includes(code);
  return isKnown ? [] : breach(member, 'it must be a currency of ISO 4217');
}

const countriesOf = (members: Members): Member[] => {
  const count = members.get('access.countries')?.node.children?.length ?? 0;
  return Array.from(
    { length: count },
    (_, i) => members.get(`access.countries[${i}]`) ?? [],
  ).flat();
};

/** Regions that Intl has a name for and ISO 3166-1 no code: unions, parts of countries, what tests use. */
const NO_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function countryRule(member: Member): Breach[] {
  const code = textOf(member);
  if (code === undefined || !/^[A-Z]{2}$/.test(code)) return [];
  // The code of a country that is no more, or that is written otherwise, has another one in its place.
  const isCurrent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  const isCountry = regionNames.of(code) !== undefined && !NO_COUNTRIES.has(code);
  return isCurrent && isCountry ? [] : breach(member, 'it must be a country of ISO 3166-1');
}

function itemsOf(members: Members): ItemMembers[] {
  const count = members.get('items')?.node.children?.length ?? 0;
  return Array.from({ length: count }, (_, i) => ({
    // An item that is made of a product has the product's SKU.
    ...named('sku', members.get(`items[${i}].product`) ?? members.get(`items[${i}].sku`)),
    ...named('units', members.get(`items[${i}].units`)),
    ...named('limit', members.get(`items[${i}].limit`)),
  }));
}

const named = (name: string, member: Member | undefined) => (member ? { [name]: member } : {});

function limitRule({ units, limit }: ItemMembers): Breach[] {
  const most = numberOf(units) ?? Number.POSITIVE_INFINITY;
  if (limit === undefined || (numberOf(limit) ?? 0) <= most) return [];
  return breach(limit, `it must be no more than the units, ${most}`);
}

function repeatedSkus(items: readonly ItemMembers[]): Breach[] {
  const first = new Map<string, number>();
  return items.flatMap(({ sku }, i) => {
    const text = textOf(sku);
    if (sku === undefined || text === undefined) return [];
    const before = first.get(text);
    if (before !== undefined) {
      return breach(sku, `it must be unique in the sale: items[${before}] has it too`);
    }
    first.set(text, i);
    return [];
  });
}
