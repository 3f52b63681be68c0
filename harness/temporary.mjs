// Loaded before the loader of TypeScript, which writes temporary files too and would end with a stack or never.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

try {
  rmSync(mkdtempSync(join(tmpdir(), 'mufi-conformance-')), { recursive: true });
} catch (error) {
  process.stderr.write(
    `Temporary files cannot be written to ${tmpdir()}: ${error.code}; set TMPDIR to a folder that can be written.\n`,
  );
  process.exit(3);
}
