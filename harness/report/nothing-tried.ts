import type { Report, RequirementReport } from '../model/report.ts';
import { asClause } from './render/text.ts';
import { unlockInWords } from './render/unlocks.ts';

/** Why a run that was to try only what `-g` selects tried nothing, and what to do; undefined where nobody can say. */
export function nothingTried(
  selection: string | undefined,
  requirements: readonly RequirementReport[],
  notTested: Report['notTested'],
): string | undefined {
  if (selection === undefined) return undefined;
  const selected = requirements
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ reason, because }) => reason !== undefined && because?.code !== 'did-not-run');
  if (selected.length === 0) return undefined;
  const reasons = [...new Set(selected.map(({ reason }) => reason))].join('; ');
  if (selected.every(({ verdict }) => verdict === 'not-applicable')) {
    return `nothing that -g ${selection} selects applies to this target: ${reasons}`;
  }
  const unlocks = notTested.map((entry) => asClause(unlockInWords(entry)));
  const next = unlocks.length === 0 ? '' : `; to test it, ${unlocks.join('; ')}`;
  return `nothing that -g ${selection} selects can be tested with what is set: ${reasons}${next}`;
}
