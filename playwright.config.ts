import { defineConfig } from '@playwright/test';
import { isCompiled } from './harness/model/commands.ts';
import { heedSignals } from './specs/runner/lifetime.ts';

const extension = isCompiled ? 'js' : 'ts';

heedSignals();

export default defineConfig({
  testDir: 'specs/runner',
  outputDir: 'reports/.playwright',
  fullyParallel: true,
  workers: 1,
  retries: 0,
  timeout: 0,
  reporter: [[`./specs/runner/reporter.${extension}`]],
  globalSetup: `./specs/runner/setup.${extension}`,
  projects: [{ name: 'conformance', testMatch: `conformance.spec.${extension}` }],
});
