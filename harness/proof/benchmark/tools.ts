import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Exact versions by the names of the packages. */
export type Versions = Readonly<Record<string, string>>;

/**
 * A folder with other people's programs, below the temporary folder of the system: installed the first time, found
 * again later. The suite does not depend on them. No script of a package is run. Throws the output of npm if it fails.
 */
export async function installTools(versions: Versions): Promise<string> {
  const id = createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `mufi-conformance-tools-${id}`);
  if (existsSync(folder)) return folder;
  // Two processes may come here at once: each installs in its own place, and one of them is taken.
  const making = await mkdtemp(`${folder}-`);
  await writeFile(join(making, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));
  const args = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', args, { cwd: making, shell: process.platform === 'win32' }).catch(
    ({ stdout = '', stderr = '' }) => {
      throw new Error(`npm cannot install ${Object.keys(versions).join(', ')}:\n${stdout}${stderr}`);
    },
  );
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  return folder;
}
