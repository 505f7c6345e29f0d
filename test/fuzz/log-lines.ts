/** @module What is wrong with what functions and the edge have printed. */

/** Two messages about one order at once: the later one says so, and comes again. No message may be left by that. */
const EXPECTED = '"why":"the record moved meanwhile"';

/** Functions say nothing but EMF when all is well; the edge says nothing at all. */
export function complaintsAbout(
  lines: readonly string[],
  secrets: Readonly<Record<string, string>>,
): string[] {
  const leaks = Object.entries(secrets).flatMap(([name, value]) =>
    lines.some((line) => line.includes(value)) ? [`a log line has a secret in it: ${name}`] : [],
  );
  const odd = lines.filter((line) => !line.includes(EXPECTED));
  const kinds = Map.groupBy(odd, (line) => line.slice(0, 200));
  const errors = [...kinds].map(([, [first = '', ...more]]) => {
    return `logged ${more.length + 1} times: ${first.slice(0, 600)}`;
  });
  return [...leaks, ...errors];
}
