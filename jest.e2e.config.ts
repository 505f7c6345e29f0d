import type { Config } from 'jest';
import unit from './jest.config.ts';

/** What takes minutes or a browser: one run for each folder that holds `*.e2e.ts`. Needs the app in `cdk.out`. */
const config: Config = {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.e2e.ts'],
  testTimeout: 300_000,
};

export default config;
