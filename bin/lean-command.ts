/** @module Takes the place of the SDK's builder of commands where they go to lean clients: see `lean-commands.ts`. */

/** A lean client wants of a command what goes in, and its schema. The SDK calls this by its name and in its order. */
export const makeBuilder =
  () => (_parameters: unknown, _middlewares: unknown, _name: string, schema: unknown) =>
    class {
      readonly schema = schema;
      readonly input: object;

      constructor(input: object = {}) {
        this.input = input;
      }
    };

/** What the SDK gives to the builder. */
export const getEndpointPlugin = undefined;
