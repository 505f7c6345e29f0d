/** Ends a run with one plain line that any CI can read. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numFailedTests, numPassedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    process.stderr.write(`\n${numPassedTests} passed, ${failed} failed\n`);
  }
};
