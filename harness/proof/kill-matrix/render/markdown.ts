import { prose, table } from '../../../report/render/markdown.ts';
import type { KillMatrix } from '../matrix.ts';
import { proofBlock } from './readme.ts';
import { runInWords } from './run-in-words.ts';

/** `kill-matrix.md`: the score, the problems, and what detects each fault. */
export function renderKillMatrixMarkdown(matrix: KillMatrix): string {
  const { wrong, faults, requirements } = matrix;
  return [
    '# Kill matrix',
    '',
    runInWords(matrix),
    '',
    ...proofBlock(matrix).split('\n').slice(1, -1),
    '',
    wrong.length === 0 ? 'Nothing is wrong.' : '## What is wrong',
    '',
    ...wrong.map((what) => `- ${what}`),
    ...(wrong.length === 0 ? [] : ['']),
    '## Faults',
    '',
    table(
      ['fault', 'breaks', 'seen by'],
      faults.map(({ id, breaks, seenBy }) => [id, prose(breaks), seenBy.join(', ')]),
    ),
    '',
    '## Requirements',
    '',
    table(
      ['requirement', 'level', 'faults seen'],
      requirements.map(({ id, level, kills }) => [id, level, String(kills)]),
    ),
    '',
    '## Conformant servers',
    '',
    serverTable(matrix.conformants),
    '',
    '## Servers that do not implement Mufi',
    '',
    serverTable(matrix.degenerates),
    '',
  ].join('\n');
}

function serverTable(servers: KillMatrix['conformants']): string {
  const rows = servers.map(({ id, says, verdict, cause = '' }) => [id, prose(says), verdict, prose(cause)]);
  return table(['server', 'what it is', 'verdict', 'cause'], rows);
}
