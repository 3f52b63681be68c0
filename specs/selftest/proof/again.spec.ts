import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { commonDigest, provenBefore } from '../../../harness/proof/kill-matrix/again.ts';
import type { FaultProof } from '../../../harness/proof/kill-matrix/faults.ts';
import { type KillMatrix, killMatrix } from '../../../harness/proof/kill-matrix/matrix.ts';
import { renderKillMatrixMarkdown } from '../../../harness/proof/kill-matrix/render/markdown.ts';
import { isOutcomeOf, type TaskOutcome } from '../../../harness/proof/kill-matrix/tasks.ts';
import { catalogue } from '../../requirements/index.ts';

const exact: FaultProof = {
  id: 'version-public',
  breaks: 'canary',
  seenBy: ['presentation/key-required'],
  scenarios: [],
  missed: [],
  unclaimed: [],
  falseClaims: [],
};
const server = { id: 'slow', says: 'canary', verdict: 'conformant', durationMs: 1, wrong: [] } as const;
const outcomes: readonly TaskOutcome[] = [
  { kind: 'staleness', ok: false, proof: { runs: 2, falseAlarms: 0, caught: 1, longestMs: [50] } },
  { kind: 'conformant', ok: true, proof: server },
  { kind: 'degenerate', ok: false, proof: { ...server, id: 'empty', wrong: ['no cause'] } },
  { kind: 'fault', ok: true, proof: exact },
  { kind: 'fault', ok: false, proof: { ...exact, id: 'options-public', unclaimed: ['contract/json'] } },
];
const run = { startedAt: '2026-01-01T00:00:00Z', durationMs: 1, machine: 'a test' };
const matrix: KillMatrix = killMatrix(catalogue, outcomes, {
  ...run,
  commonDigest: 'same',
  again: ['twice'],
});

test('of a whole proof exactly what was proven is kept', () => {
  const kept = provenBefore(matrix, 'same');
  const tasks = [
    { kind: 'staleness', id: 'staleness' },
    { kind: 'conformant', id: 'slow' },
    { kind: 'degenerate', id: 'empty' },
    { kind: 'fault', id: 'version-public' },
    { kind: 'fault', id: 'options-public' },
  ] as const;
  const proven = tasks.filter((task) => kept.some((outcome) => isOutcomeOf(outcome, task)));
  expect(proven.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['conformant slow', 'fault version-public']);
  expect(kept).toHaveLength(2);
  expect(renderKillMatrixMarkdown(matrix)).toContain('Proved again after a change of faults alone: twice.');
});

test('nothing is kept if more than faults has changed since, or if the proof is older', () => {
  const { commonDigest: _, ...older } = matrix;
  for (const one of [matrix, older])
    expect(() => provenBefore(one, 'other')).toThrow(
      'more than faults has changed since the last whole proof',
    );
});

test('the digest changes with the engine and with the catalogue, and not with a fault', async () => {
  const root = test.info().outputPath('copy');
  for (const folder of [
    'harness/engine',
    'harness/model',
    'harness/reference',
    'schemas',
    'specs/requirements',
  ]) {
    await mkdir(join(root, folder), { recursive: true });
    await cp(folder, join(root, folder), { recursive: true });
  }
  const first = await commonDigest(root);
  expect(first).toBe(await commonDigest());
  await writeFile(join(root, 'harness/reference/faults/new.ts'), '// canary');
  expect(await commonDigest(root)).toBe(first);
  await writeFile(join(root, 'specs/requirements/new.ts'), '// canary');
  const second = await commonDigest(root);
  expect(second).not.toBe(first);
  await writeFile(join(root, 'harness/engine/new.ts'), '// canary');
  expect(await commonDigest(root)).not.toBe(second);
});
