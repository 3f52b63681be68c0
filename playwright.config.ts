import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  outputDir: 'reports/.playwright',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 600_000,
  reporter: [['./specs/reporter.ts']],
  globalSetup: './specs/setup.ts',
  projects: [{ name: 'conformance', testMatch: 'conformance.spec.ts' }],
});
