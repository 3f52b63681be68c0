import { catalogue } from '../../specs/requirements/index.ts';
import { Refused } from '../attestation/errors.ts';
import type { JudgeAgain } from '../attestation/replay.ts';
import { unpackEvidence } from '../engine/evidence/evidence.ts';
import { rejudge } from '../engine/run/index.ts';
import type { Family } from '../model/index.ts';
import { buildReport } from '../report/build.ts';
import { worded } from '../report/worded.ts';

/** Judges evidence again with a catalogue; rejects evidence that cannot be judged. */
export function judgeWith(families: readonly Family[]): JudgeAgain {
  return async (file, durationMs, onJudged) => {
    try {
      const { header, results } = await rejudge(unpackEvidence(file), families, (result) =>
        onJudged(worded(result)),
      );
      const finishedAt = header.startedAt + durationMs;
      return buildReport({ header, catalogue: families, results, finishedAt, suiteFaults: [] });
    } catch (error) {
      if (error instanceof Refused) throw error;
      const why = error instanceof Error ? error.message : 'no reason';
      throw new Refused(`the evidence cannot be replayed: ${why}`);
    }
  };
}

/** The same with the catalogue of this suite. */
export const judgeAgain: JudgeAgain = judgeWith(catalogue);
