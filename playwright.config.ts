import { defineConfig } from '@playwright/test';
import { isCompiled } from './harness/model/commands.ts';
import { workerCount } from './harness/target/workers.ts';
import { heedSignals } from './specs/lifetime.ts';

const extension = isCompiled ? 'js' : 'ts';

heedSignals();

export default defineConfig({
  testDir: 'specs',
  outputDir: 'reports/.playwright',
  fullyParallel: true,
  workers: workerCount(process.env),
  retries: 0,
  timeout: 0,
  reporter: [[`./specs/reporter.${extension}`]],
  globalSetup: `./specs/setup.${extension}`,
  projects: [{ name: 'conformance', testMatch: `conformance.spec.${extension}` }],
});
