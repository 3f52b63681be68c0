import { catalogue } from '../../specs/requirements/index.ts';
import type { JudgeAgain } from '../certificate/again.ts';
import { Refused } from '../certificate/errors.ts';
import { unpackEvidence } from '../evidence/evidence.ts';
import { rejudge } from '../pipeline.ts';

/** Judges evidence again with the catalogue of this suite; what cannot be judged is refused. */
export const judgeAgain: JudgeAgain = async (file, durationMs, onJudged) => {
  try {
    return await rejudge(unpackEvidence(file), catalogue, durationMs, onJudged);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(
      `the evidence cannot be judged again: ${error instanceof Error ? error.message : 'no reason'}`,
    );
  }
};
