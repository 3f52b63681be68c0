/**
 * `npm run recording`: the first minute at a terminal, as text in README.md. Starts a reference server with one fault,
 * runs the commands against it in an empty folder, and keeps the lines that a reader looks at first. What changes from
 * run to run is replaced, so that a second recording is the same.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBlock } from '../../harness/generate/readme-block.ts';
import { startReference } from '../../harness/reference/start.ts';
import { keptLines, recordedCommands, recordingBlock, recordingMark } from './recording-lines.ts';

const start = fileURLToPath(new URL('../../harness/start.mjs', import.meta.url));
const page = fileURLToPath(new URL('../../README.md', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'conformance-recording-'));
const server = await startReference({ faults: ['signature-ignored'] });
try {
  const { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY } = server.environment;
  const env = { ...process.env, MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY };
  const recorded: string[] = [];
  for (const [shown, keep] of recordedCommands) {
    const [, ...args] = shown.split(' ').slice(1);
    const output = await outputOf(args, env);
    recorded.push(`$ ${shown}`, ...keptLines(output, keep, String(MUFI_BASE_URL)));
  }
  const text = await readFile(page, 'utf8');
  await writeFile(page, withBlock(text, recordingMark, recordingBlock(recorded)));
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

function outputOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [start, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
