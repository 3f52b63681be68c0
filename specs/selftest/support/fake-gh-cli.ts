/** Replaces `gh` on the path of a step; keeps its state in the file $FAKE_GH_STATE. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fakeGh } from './fake-gh.ts';

const { FAKE_GH_STATE: file = '', GH_TOKEN } = process.env;
try {
  if (!GH_TOKEN) throw new Error('gh: To use GitHub CLI in a GitHub Actions workflow, set GH_TOKEN');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  process.stdout.write(`${fakeGh(state, process.argv.slice(2))}\n`);
  writeFileSync(file, JSON.stringify(state));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
