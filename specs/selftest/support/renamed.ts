import { createHash } from 'node:crypto';
import type { Family, ScenarioResult } from '../../../harness/model/index.ts';
import type { RunHeader } from '../../../harness/model/run-header.ts';
import { worded, wordedHeader } from '../../../harness/report/worded.ts';

/** Members that hold a sentence, or a piece of one, for people. */
const sentences = new Set([
  'reason',
  'message',
  'note',
  'title',
  'sentence',
  'description',
  'sent',
  'expected',
  'cause',
  'controlRefused',
  'advice',
  'document',
  'section',
]);

/** The same text becomes the same nonsense, in a run and in what it is compared with. */
export function nonsense(text: string): string {
  return `zz${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** A copy in which every sentence is nonsense; codes, ids, verdicts, answers and numbers stay. */
export function renamed<T>(value: T, isText = false): T {
  if (typeof value === 'string') return (isText ? nonsense(value) : value) as T;
  if (Array.isArray(value)) return value.map((one) => renamed(one, isText)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => {
    // What a baseline says is told as it is; what a configuration holds is shown and nothing else.
    const isShown = sentences.has(name) || ('name' in value && name === 'value');
    return [name, renamed(member, isShown || (name === 'parameters' && 'code' in value))];
  });
  return Object.fromEntries(entries) as T;
}

/** All that a report is built from, in nonsense. */
export function renamedRun<
  T extends {
    readonly header: RunHeader;
    readonly catalogue: readonly Family[];
    readonly results: readonly ScenarioResult[];
  },
>(inputs: T): T {
  const { header, results, catalogue } = inputs;
  return {
    ...inputs,
    header: renamed(wordedHeader(header)),
    results: results.map((result) => renamed(worded(result))),
    catalogue: renamed(catalogue),
  };
}
