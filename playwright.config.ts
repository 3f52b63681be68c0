import { defineConfig } from '@playwright/test';
import { isCompiled } from './harness/model/commands.ts';
import { workerCount } from './harness/target/workers.ts';

const extension = isCompiled ? 'js' : 'ts';

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
