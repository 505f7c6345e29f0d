/** @module A client of AWS for tests: it records each command, and answers as it is told. */

type Sent = { readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/**
 * @param answer what a command is answered, by its name and how many came before it; what it throws is thrown
 */
export function fakeClient(answer: (name: string, before: number) => unknown = () => ({})) {
  const sent: Sent[] = [];
  const client = {
    async send(command: { readonly input: Sent['input'] }) {
      const { name } = command.constructor;
      sent.push({ name, input: command.input });
      return answer(name, sent.length - 1) ?? {};
    },
  };
  return { client: client as never, sent };
}
