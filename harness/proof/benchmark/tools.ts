import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.ts';

const versions = { newman: '6.2.2', undici: '7.30.2' };

/**
 * Installs the other programs into a temporary folder, once; the suite does not depend on them. Returns the folder;
 * throws the output of npm if that fails.
 */
export async function installTools(): Promise<string> {
  const folder = join(tmpdir(), `mufi-conformance-bench-${Object.values(versions).join('-')}`);
  if (existsSync(join(folder, 'ready'))) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
  const { exitCode, output } = await measure({ program: 'npm', args, cwd: folder });
  if (exitCode !== 0)
    throw new Error(`npm cannot install the programs that the benchmark compares with:\n${output}`);
  await writeFile(join(folder, 'ready'), '');
  return folder;
}
