/** @module Messages between threads, all of one turn of the event loop in one: to wake a thread costs more than a message. */

/** Returns what takes messages, and posts all that came since the last turn together. */
export function gathered<T>(post: (messages: readonly T[]) => void): (message: T) => void {
  let waiting: T[] = [];
  const flush = () => {
    const messages = waiting;
    waiting = [];
    post(messages);
  };
  return (message) => {
    if (waiting.push(message) === 1) setImmediate(flush);
  };
}
