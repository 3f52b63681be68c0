import type { Presentation, Scenario } from '../../../harness/model/index.ts';
import { encodings } from './path-encodings.ts';
import type { PathRow } from './path-row.ts';
import { segments } from './path-segments.ts';
import { starts } from './path-starts.ts';

const rows = [...segments, ...encodings, ...starts];

/** Sent through a raw socket: HTTP clients tidy paths up. */
const sent = (
  { requestLine, spelling }: PathRow,
  ...lines: string[]
): Pick<Scenario, 'present' | 'spelling'> => {
  const present: Presentation = requestLine === undefined ? { lines } : { lines, requestLine };
  return spelling === undefined ? { present } : { present, spelling };
};

/** Each of the paths without a key. */
export const pathsWithoutKey: readonly Scenario[] = rows.map((row) => ({
  id: row.id,
  title: `${row.title}, without a key`,
  key: 'none',
  ...sent(row),
  to: row.before === true ? 'one operation of each kind' : 'every operation',
  expect: 'no way in',
  catches: [`${row.id}-open`, ...(row.catches ?? [])],
}));

/** Each of the paths with the read key. */
export const pathsWithReadKey: readonly Scenario[] = rows.map((row) => ({
  id: row.id,
  title: `${row.title}, with the read key`,
  key: 'read',
  ...sent(row, 'Authorization: Bearer {key}'),
  to: row.before === true ? 'one write operation of each method' : 'every write operation',
  expect: 'no way in',
  catches: [`${row.id}-open`, ...(row.catchesRead ?? [])],
}));
