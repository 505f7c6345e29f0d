import type { Config } from 'jest';

const config: Config = {
  // Not `roots`: that would hide untested files from coverage.
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transform.cjs' },
  // Half of the tests wait for another process: one worker for each core, not one less.
  maxWorkers: '100%',
  // For hangs alone: stacks that start beside each other on a busy machine may need a while.
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
  coverageProvider: 'v8',
  // Left out: handlers, which run as bundles in test/stack; what runs in a process of its own; types.
  collectCoverageFrom: [
    '{domain,capacity,adapters,lambdas,lib,local,load,sandbox}/**/*.ts',
    '!lambdas/*/{handler,env}.ts',
    '!load/{rehearse,crowd-worker,place}.ts',
    '!load/k6/{run,local-run,liar,k6-run,k6-stage,spike,tail,abuse}.ts',
    '!local/engines/queues-worker.ts',
    '!local/{stack,api/api-parts,cloudfront/edge-parts,lambda/outcome}.ts',
    '!domain/{ports,preflight-facts}.ts',
    '!lib/function-env.ts',
  ],
  coverageThreshold: {
    global: { branches: 90, lines: 90 },
    './domain/': { branches: 97, lines: 99 },
  },
};

export default config;
