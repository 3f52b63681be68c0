import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isKilled } from './faults.ts';
import type { KillMatrix } from './matrix.ts';
import { isProven } from './staleness.ts';
import type { TaskOutcome } from './tasks.ts';

const folders = ['harness/engine', 'harness/model', 'harness/reference', 'schemas', 'specs/requirements'];
const ofFaults = 'harness/reference/faults';

/**
 * The digest (SHA-256, hex) of what every outcome of a proof depends on: the engine, the catalogue, and the reference
 * server without its faults.
 */
export async function commonDigest(root = '.'): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
      .filter((file) => !file.startsWith(ofFaults));
    for (const file of files.toSorted()) {
      const content = createHash('sha256').update(await readFile(join(root, file)));
      digest.update(`${file} ${content.digest('hex')}\n`);
    }
  }
  return digest.digest('hex');
}

/** What a whole proof has proven. Throws a sentence if more than faults has changed since then. */
export function provenBefore(matrix: KillMatrix, digest: string): readonly TaskOutcome[] {
  if (matrix.commonDigest !== digest)
    throw new Error('more than faults has changed since the last whole proof; run it without --again');
  const { faults, conformants, degenerates, staleness } = matrix;
  const servers = (kind: 'conformant' | 'degenerate', proofs: KillMatrix['conformants']): TaskOutcome[] =>
    proofs.map((proof) => ({ kind, ok: proof.wrong.length === 0, proof }));
  const outcomes: readonly TaskOutcome[] = [
    ...(staleness ? [{ kind: 'staleness' as const, ok: isProven(staleness), proof: staleness }] : []),
    ...servers('conformant', conformants),
    ...servers('degenerate', degenerates),
    ...faults.map((proof): TaskOutcome => ({ kind: 'fault', ok: isKilled(proof), proof })),
  ];
  return outcomes.filter(({ ok }) => ok);
}
