import type { ApiRequest } from '../model.ts';
import type { Fault } from './fault.ts';
import { unchecked } from './unchecked.ts';

const codings = ['gzip', 'deflate', 'br', 'x-gzip', 'zstd'];
const lists = [
  ['pairs-unchecked', 'A read key is also rejected if the request writes two objects at once.', 2, 2],
  [
    'hundreds-unchecked',
    'A read key is also rejected if the request writes a hundred objects at once.',
    100,
    1e6,
  ],
  [
    'long-lists-unchecked',
    'A read key is rejected however many objects the request writes at once.',
    500,
    1e6,
  ],
] as const;

/** Faults that skip the permission check for bodies that are framed or coded differently. */
export const framing: readonly Fault[] = [
  unchecked(
    'chunked-body-unchecked',
    'A chunked body does not change the permission.',
    ({ headers }) => headers['transfer-encoding'] === 'chunked',
  ),
  ...codings.map((coding) =>
    unchecked(
      `${coding}-body-unchecked`,
      'A compressed body does not change the permission.',
      ({ headers }) => headers['content-encoding'] === coding,
    ),
  ),
  unchecked(
    'identity-body-unchecked',
    'The name of a coding that changes nothing does not change the permission.',
    ({ headers }) => headers['content-encoding'] === 'identity',
  ),
  ...lists.map(([id, breaks, least, most]) =>
    unchecked(id, breaks, async (request) => {
      const length = await longestListIn(request);
      return least <= length && length <= most;
    }),
  ),
];

/** The length of the body, or of the longest list in it. */
async function longestListIn(request: ApiRequest): Promise<number> {
  try {
    const body: unknown = JSON.parse(await request.text());
    const lists = [body, ...Object.values(body ?? {})].filter((value) => Array.isArray(value));
    return Math.max(0, ...lists.map((list: unknown[]) => list.length));
  } catch {
    return 0;
  }
}
