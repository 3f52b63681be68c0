import { defineConfig } from '@playwright/test';

/** The proof of the suite itself. It starts every server that it talks to, on free loopback ports. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../reports/.selftest',
  fullyParallel: true,
  workers: 2,
  // A test that passes the second time is listed as flaky; it does not close the gate.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  forbidOnly: true,
  reporter: process.env.CI ? 'line' : 'list',
  projects: [
    { name: 'selftest', testIgnore: 'thorough/**', grepInvert: /@thorough/ },
    /** Tests that need whole runs, several processes or an installation, by folder or by tag: npm run test:thorough. */
    { name: 'thorough', grep: / thorough\/|@thorough/ },
  ],
});
