/** @module What every function that Scheduler calls has in common. */

/** What a schedule hands over. */
export type SaleInput = { readonly saleId: string };

/** Turns a use case into a function: bad input is an error that names it, so that it ends in the dead-letter queue. */
export const scheduled =
  <T>(run: (input: SaleInput) => Promise<T>) =>
  async (input: SaleInput): Promise<T> => {
    if (typeof input?.saleId !== 'string') {
      throw new TypeError(
        `Cannot run a schedule: its input ${JSON.stringify(input)} has no "saleId"`,
      );
    }
    return run(input);
  };
