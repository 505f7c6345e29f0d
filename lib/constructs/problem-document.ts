/** @module The problem documents (RFC 9457) that AWS itself answers where no code of ours is asked. */

/** A refusal of `docs/openapi.yaml`. */
export type Problem = {
  /** A code of `docs/openapi.yaml`. */
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Seconds after which it is worth to ask again. */
  readonly retryAfterSeconds?: number;
};

/** The document's JSON. */
export const documentOf = ({ code, status, title, detail, retryAfterSeconds }: Problem): string =>
  JSON.stringify({
    type: `urn:flash-sale:problem:${code}`,
    title,
    status,
    code,
    detail,
    retryAfterSeconds,
  });
