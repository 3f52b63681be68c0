import { isDecidedVerdict } from '../../model/index.ts';
import type { AnswerChange, CellPair, RequirementPair } from './model.ts';

type Cell = AnswerChange['cells'][number];

/** Cells with the same verdict and another answer; the largest group comes first. */
export function answerChanges(pairs: readonly RequirementPair[]): AnswerChange[] {
  const groups = new Map<string, { readonly pair: CellPair; readonly cells: Cell[] }>();
  for (const { id: requirement, scenarios } of pairs) {
    for (const { id: scenario, cells } of scenarios) {
      for (const pair of cells.filter(answeredDifferently)) {
        const key = JSON.stringify([pair.old?.answers, pair.new?.answers]);
        const group = groups.get(key) ?? { pair, cells: [] };
        group.cells.push({ requirement, scenario, operation: pair.operation });
        groups.set(key, group);
      }
    }
  }
  return [...groups.values()]
    .map(({ pair, cells }) => ({ old: pair.old?.answers ?? [], new: pair.new?.answers ?? [], cells }))
    .toSorted((one, other) => other.cells.length - one.cells.length);
}

function answeredDifferently({ old, new: now }: CellPair): boolean {
  if (old === undefined || now === undefined || old.verdict !== now.verdict) return false;
  if (!isDecidedVerdict(now.verdict)) return false;
  if (old.answers.length === 0 || now.answers.length === 0) return false;
  if (now.verdict === 'pass' && [old, now].some(({ answers }) => answers.some(isNoAnswer))) return false;
  return old.answers.join() !== now.answers.join();
}

/** The connection ended instead of an answer. If both of these pass, which one occurs depends on timing. */
function isNoAnswer(answer: string): boolean {
  return !/^\d+$/.test(answer);
}
