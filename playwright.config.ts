import { defineConfig } from '@playwright/test';
import { workerCount } from './harness/target/workers.ts';

export default defineConfig({
  testDir: 'specs',
  outputDir: 'reports/.playwright',
  fullyParallel: true,
  workers: workerCount(process.env),
  retries: 0,
  timeout: 0,
  reporter: [['./specs/reporter.ts']],
  globalSetup: './specs/setup.ts',
  projects: [{ name: 'conformance', testMatch: 'conformance.spec.ts' }],
});
