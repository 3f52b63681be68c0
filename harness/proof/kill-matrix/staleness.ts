import type { Family } from '../../model/index.ts';
import { runReference } from './engine.ts';

/** The requirement about requests that begin after a regeneration has been answered. */
export const linearizable = 'regeneration/linearizable';

/** How often the linearizability check was right. */
export interface StalenessProof {
  readonly runs: number;
  /** Runs against the honest reference server that did not pass. */
  readonly falseAlarms: number;
  /** Runs that detected a server that caches verdicts for 50 ms. */
  readonly caught: number;
  /** The longest staleness in each of them, in milliseconds. */
  readonly longestMs: readonly number[];
}

/** Runs the check this many times against an honest server and against one with a cache of 50 ms. */
export async function proveStaleness(catalogue: readonly Family[], runs: number): Promise<StalenessProof> {
  const family = catalogue
    .map((one) => ({ ...one, requirements: one.requirements.filter(({ id }) => id === linearizable) }))
    .filter(({ requirements }) => requirements.length > 0);
  const once = async (faults: readonly string[]) => {
    const report = await runReference({ faults }, { catalogue: family, depth: 'quick' });
    const [requirement] = report.requirements;
    const timeline = requirement?.scenarios[0]?.timeline;
    return { verdict: requirement?.verdict, staleMs: timeline?.longestStalenessMs ?? 0 };
  };
  let falseAlarms = 0;
  const longestMs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const honest = await once([]);
    if (honest.verdict !== 'pass' || honest.staleMs > 0) falseAlarms += 1;
    const cached = await once(['verdict-cached-50-ms']);
    if (cached.verdict === 'fail') longestMs.push(cached.staleMs);
  }
  return { runs, falseAlarms, caught: longestMs.length, longestMs };
}

/** Whether each run detected the cache, and no other run failed. */
export function isProven({ runs, caught, falseAlarms }: StalenessProof): boolean {
  return falseAlarms === 0 && caught === runs;
}
