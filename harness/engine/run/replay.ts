import { defined } from '../../model/defined.ts';
import type { Family, ScenarioResult } from '../../model/index.ts';
import type { RunHeader } from '../../model/run-header.ts';
import { CassetteMismatch } from '../evidence/cassette.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { createReplayCassette } from '../evidence/replay.ts';
import { runPreflight } from '../preflight/index.ts';
import { createObserver } from '../session/observer.ts';
import { withCassette } from '../session/recorded-session.ts';
import { openSession } from '../session/session.ts';
import { ownControls } from '../session/shared-controls.ts';
import { recordedOptions, recordedTarget } from '../session/start.ts';
import { runHeaderOf } from './header.ts';
import { plan } from './plan.ts';
import { runScenario } from './scenario.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Called with the result of each scenario when it is judged again; may throw to stop early. */
export type OnReplayed = (result: ScenarioResult) => void;

/**
 * Runs the engine again with the recorded answers in place of the target: preflight, plan, requests and verdicts come
 * from the code and the catalogue of this suite. Sends nothing. Throws CassetteMismatch if the evidence lacks an
 * exchange that a scenario needs, or has one that no scenario uses.
 */
export async function replayRun(
  evidence: Evidence,
  catalogue: readonly Family[],
  onReplayed: OnReplayed,
): Promise<{ readonly header: RunHeader; readonly results: readonly ScenarioResult[] }> {
  const { start, cassettes } = evidence;
  const [first, ...rest] = cassettes;
  if (first?.scenario !== '') throw new CassetteMismatch('the preflight of the target is not recorded');
  const opening = createReplayCassette(first);
  const { state } = await runPreflight({
    target: recordedTarget(start),
    baseUrl: start.baseUrl,
    embedded: start.embedded,
    options: recordedOptions(start),
    catalogue,

    replay: { cassette: opening, start: { runId: start.runId, startedAt: start.startedAt } },
  });
  opening.finish();
  const session = await openSession(state);
  try {
    const observer = createObserver(
      catalogue,
      state.operations.map(({ operation }) => operation),
      session.validate,
    );
    const planned = new Map(plan(catalogue, state).map((one) => [one.id, one]));
    const results: ScenarioResult[] = [];
    for (const cassette of rest) {
      const scenario = planned.get(cassette.scenario);
      if (scenario === undefined)
        throw new CassetteMismatch(`${cassette.scenario} is recorded twice or not in the catalogue`);
      planned.delete(cassette.scenario);
      const replaying = createReplayCassette(cassette);
      const result = await about(cassette.scenario, async () => {
        const judged = await runScenario(withCassette(session, replaying), scenario, observer, ownControls);
        replaying.finish();
        return {
          ...withoutSecrets(judged, session.redactor),
          requests: cassette.requests,
          durationMs: cassette.durationMs,
          ...defined({ slowestPerSecond: cassette.slowestPerSecond }),
        };
      });
      onReplayed(result);
      results.push(result);
    }
    const [missing] = planned.keys();
    if (missing !== undefined) throw new CassetteMismatch(`nothing is recorded of ${missing}`);
    return { header: runHeaderOf(state, catalogue), results };
  } finally {
    await session.close();
  }
}

async function about<T>(scenario: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CassetteMismatch) throw new CassetteMismatch(`${scenario}: ${error.message}`);
    throw error;
  }
}
