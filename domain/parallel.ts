/** @module Many things at once, but not all. */

/** Does something with each element, at most `atOnce` at a time. The first failure is thrown once the rest has ended. */
export async function inParallel<T>(
  atOnce: number,
  elements: readonly T[],
  each: (element: T) => Promise<void>,
): Promise<void> {
  const left = elements.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const element of left) {
      await each(element).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, elements.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
