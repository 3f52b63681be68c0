import type { Report } from '../../model/report.ts';
import { plainJson } from './text.ts';

/** Number of characters in a chunk. */
const chunkLength = 256 * 1024;

/**
 * `report.json`: the report itself. One line for each requirement and each exchange: a quarter smaller than indented
 * JSON, and grep and diff still work.
 */
export function renderJson(report: Report): string {
  return [...jsonChunks(report)].join('');
}

/** The same in chunks: for many operations the whole text would need more memory than the report. */
export function* jsonChunks(report: Report): Generator<string> {
  let chunk = '';
  for (const piece of piecesOf(report)) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function* piecesOf(report: Report): Generator<string> {
  const members = Object.entries(report).filter(([, value]) => value !== undefined);
  let before = '{\n';
  for (const [name, value] of members) {
    yield `${before}${JSON.stringify(name)}: `;
    yield* textOf(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function* textOf(value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length === 0) {
    yield plainJson(JSON.stringify(value));
    return;
  }
  let before = '[\n';
  for (const one of value) {
    yield before + plainJson(JSON.stringify(one));
    before = ',\n';
  }
  yield '\n]';
}
