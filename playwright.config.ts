import { defineConfig } from '@playwright/test';
import { compiledTo } from './harness/model/commands.ts';
import { heedSignals } from './specs/runner/lifetime.ts';

const extension = compiledTo === undefined ? 'ts' : 'js';

heedSignals();

export default defineConfig({
  testDir: 'specs/runner',
  build: { external: ['**/harness/.compiled/**'] },
  outputDir: 'reports/.playwright',
  fullyParallel: true,
  workers: 1,
  retries: 0,
  timeout: 0,
  reporter: [[`./specs/runner/reporter.${extension}`]],
  globalSetup: `./specs/runner/setup.${extension}`,
  projects: [{ name: 'conformance', testMatch: `conformance.spec.${extension}` }],
});
