import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.ts';

const versions = { newman: '6.2.2', undici: '7.30.2' };

/**
 * Installs the programs that the suite is compared with into a temporary folder, once; they are no dependencies of
 * ours. Answers the folder; throws what npm says where it cannot.
 */
export async function installTools(): Promise<string> {
  const folder = join(tmpdir(), `mufi-conformance-bench-${Object.values(versions).join('-')}`);
  if (existsSync(join(folder, 'ready'))) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
  const { exitCode, output } = await measure({ program: 'npm', args, cwd: folder });
  if (exitCode !== 0) throw new Error(`npm cannot install what the benchmark compares with:\n${output}`);
  await writeFile(join(folder, 'ready'), '');
  return folder;
}
