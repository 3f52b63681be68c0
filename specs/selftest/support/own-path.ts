import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';

/**
 * The path of a file that only the running test writes, in an existing folder. Playwright's output folder does not work
 * here: tests whose titles differ only in punctuation share one and may run at the same time.
 */
export function ownPath(name: string): string {
  const folder = test.info().outputPath(test.info().testId);
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
