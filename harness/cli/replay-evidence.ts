import { catalogue } from '../../specs/requirements/index.ts';
import { CertificateRejection } from '../attestation/errors.ts';
import type { ReplayEvidence } from '../attestation/replay.ts';
import { unpackEvidence } from '../engine/evidence/evidence.ts';
import { replayRun } from '../engine/run/index.ts';
import type { Family } from '../model/index.ts';
import { buildReport } from '../report/build.ts';
import { worded } from '../report/worded.ts';

/** Replays evidence with a catalogue; rejects evidence that cannot be judged. */
export function replayWith(families: readonly Family[]): ReplayEvidence {
  return async (file, durationMs, onJudged) => {
    try {
      const { header, results } = await replayRun(unpackEvidence(file), families, (result) =>
        onJudged(worded(result)),
      );
      const finishedAt = header.startedAt + durationMs;
      return buildReport({ header, catalogue: families, results, finishedAt, suiteFaults: [] });
    } catch (error) {
      if (error instanceof CertificateRejection) throw error;
      const why = error instanceof Error ? error.message : 'no reason';
      throw new CertificateRejection(`the evidence cannot be replayed: ${why}`);
    }
  };
}

/** The same with the catalogue of this suite. */
export const replayEvidence: ReplayEvidence = replayWith(catalogue);
