const { transformSync } = require('esbuild');

/** Strips types with the bundler that production uses, so that tests run what is deployed. */
module.exports = {
  process: (source, path) =>
    transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'es2024',
      supported: { 'import-attributes': true },
      sourcefile: path,
      sourcemap: 'inline',
    }),
};
