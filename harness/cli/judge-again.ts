import { catalogue } from '../../specs/requirements/index.ts';
import type { JudgeAgain } from '../certificate/again.ts';
import { Refused } from '../certificate/errors.ts';
import { unpackEvidence } from '../evidence/evidence.ts';
import type { Family } from '../model.ts';
import { rejudge } from '../pipeline.ts';

/** Judges evidence again with a catalogue; what cannot be judged is refused. */
export function judgeWith(families: readonly Family[]): JudgeAgain {
  return async (file, durationMs, onJudged) => {
    try {
      return await rejudge(unpackEvidence(file), families, durationMs, onJudged);
    } catch (error) {
      if (error instanceof Refused) throw error;
      const why = error instanceof Error ? error.message : 'no reason';
      throw new Refused(`the evidence cannot be judged again: ${why}`);
    }
  };
}

/** The same with the catalogue of this suite. */
export const judgeAgain: JudgeAgain = judgeWith(catalogue);
