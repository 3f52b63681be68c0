import type { KillMatrix } from '../kill-matrix.ts';
import { proofBlock } from './readme.ts';

/** `kill-matrix.md`: the score, what is wrong, and what sees each fault. */
export function renderMarkdown(matrix: KillMatrix): string {
  const { suite, startedAt, durationMs, machine, wrong, faults, requirements } = matrix;
  return [
    '# Kill matrix',
    '',
    `${suite.name} ${suite.version}, catalogue ${suite.catalogueDigest.slice(0, 19)}, ${startedAt.slice(0, 10)}, ${Math.round(durationMs / 1000)} s, ${machine}.`,
    '',
    ...proofBlock(matrix).split('\n').slice(1, -1),
    '',
    wrong.length === 0 ? 'Nothing is wrong.' : '## What is wrong',
    '',
    ...wrong.map((what) => `- ${what}`),
    ...(wrong.length === 0 ? [] : ['']),
    '## Faults',
    '',
    '| fault | breaks | seen by |',
    '| --- | --- | --- |',
    ...faults.map(({ id, breaks, seenBy }) => `| ${id} | ${cell(breaks)} | ${seenBy.join(', ')} |`),
    '',
    '## Requirements',
    '',
    '| requirement | level | faults seen |',
    '| --- | --- | --: |',
    ...requirements.map(({ id, level, kills }) => `| ${id} | ${level} | ${kills} |`),
    '',
    '## Conformant servers',
    '',
    ...serverRows(matrix.conformants),
    '## Servers that are no Mufi',
    '',
    ...serverRows(matrix.degenerates),
  ].join('\n');
}

function serverRows(servers: KillMatrix['conformants']): string[] {
  return [
    '| server | what it is | verdict | cause |',
    '| --- | --- | --- | --- |',
    ...servers.map(
      ({ id, says, verdict, cause = '' }) => `| ${id} | ${cell(says)} | ${verdict} | ${cell(cause)} |`,
    ),
    '',
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
