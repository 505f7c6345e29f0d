/** @module What a crowd calls itself. */

/** The gate takes whoever names no browser for a script, and makes its challenge harder. */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
