import { createHash } from 'node:crypto';
import type { Family, ScenarioResult } from '../../../harness/model/index.ts';
import type { RunHeader } from '../../../harness/model/run-header.ts';
import { worded, wordedHeader } from '../../../harness/report/worded.ts';

/** Members that contain a sentence, or a part of one, for people. */
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

/** Equal texts become equal nonsense, in a run and in what it is compared with. */
export function nonsense(text: string): string {
  return `zz${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** A copy in which every sentence is nonsense; codes, ids, verdicts, answers and numbers stay. */
export function renamed<T>(value: T, isText = false): T {
  if (typeof value === 'string') return (isText ? nonsense(value) : value) as T;
  if (Array.isArray(value)) return value.map((one) => renamed(one, isText)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => {
    // Texts of a baseline stay as they are; values of a configuration are only shown.
    const isShown = sentences.has(name) || ('name' in value && name === 'value');
    return [name, renamed(member, isShown || (name === 'parameters' && 'code' in value))];
  });
  return Object.fromEntries(entries) as T;
}

/** Everything that a report is built from, with nonsense sentences. */
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
