import { defined } from '../model/defined.ts';
import type { ScenarioResult, Why } from '../model/index.ts';
import type { RunHeader } from '../model/run-header.ts';
import { sentenceOf } from './render/reasons/index.ts';

/** Adds the sentence of a reason. A reason that already has a sentence, from a suite that gave no code, keeps it. */
function said<T extends Why>(value: T): T {
  const { because, reason } = value;
  return because === undefined || reason !== undefined ? value : { ...value, reason: sentenceOf(because) };
}

/** A result with the sentences of its reasons, for people and for the report. */
export function worded(result: ScenarioResult): ScenarioResult {
  return said({ ...result, cells: result.cells.map(said) });
}

/** A header with the sentences of its reasons. */
export function wordedHeader(header: RunHeader): RunHeader {
  const { because, refusals, target, unlocks } = header;
  const cause = header.cause ?? (because && sentenceOf(because));
  const controlRefused =
    header.controlRefused ?? (refusals && [...new Set(refusals.map(sentenceOf))].join('; '));
  return {
    ...header,
    ...defined({ cause, controlRefused }),
    target: {
      ...target,
      operations: target.operations.map((operation) => {
        const note = operation.note ?? (operation.because && sentenceOf(operation.because));
        return { ...operation, ...defined({ note }) };
      }),
    },
    unlocks: unlocks.map(({ because: refusal, ...unlock }) => {
      if (refusal === undefined) return unlock;
      const why = `Key control did not provide it: ${sentenceOf(refusal)}. `;
      return { ...unlock, sentence: why + unlock.sentence };
    }),
  };
}
