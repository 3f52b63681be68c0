import type { Family, ScenarioResult } from '../../model/index.ts';
import type { RunHeader } from '../../model/run-header.ts';
import { TapeMismatch } from '../evidence/cassette.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { createPlayback } from '../evidence/replay.ts';
import { firstLook } from '../preflight/index.ts';
import { createObserver } from '../session/observer.ts';
import { withTape } from '../session/recorded-session.ts';
import { openSession } from '../session/session.ts';
import { ownControls } from '../session/shared-controls.ts';
import { optionsOf, targetOf } from '../session/start.ts';
import { headerOf } from './header.ts';
import { plan } from './plan.ts';
import { runScenario } from './scenario.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Takes the result of each scenario as it is judged again; may throw to end it early. */
export type OnJudged = (result: ScenarioResult) => void;

/**
 * Runs the engine once more, with the recorded answers in place of the target: first look, plan, requests and verdicts
 * come from the code and the catalogue of this suite. Sends nothing. Throws TapeMismatch where the evidence
 * lacks an exchange that a scenario makes, or holds one that none makes.
 */
export async function rejudge(
  evidence: Evidence,
  catalogue: readonly Family[],
  onJudged: OnJudged,
): Promise<{ readonly header: RunHeader; readonly results: readonly ScenarioResult[] }> {
  const { start, tapes } = evidence;
  const [first, ...rest] = tapes;
  if (first?.scenario !== '') throw new TapeMismatch('the first look at the target is not recorded');
  const opening = createPlayback(first);
  const { state } = await firstLook({
    target: targetOf(start),
    baseUrl: start.baseUrl,
    embedded: start.embedded,
    options: optionsOf(start),
    catalogue,

    replay: { tape: opening, start: { runId: start.runId, startedAt: start.startedAt } },
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
    for (const tape of rest) {
      const scenario = planned.get(tape.scenario);
      if (scenario === undefined)
        throw new TapeMismatch(`${tape.scenario} is recorded twice or not in the catalogue`);
      planned.delete(tape.scenario);
      const playback = createPlayback(tape);
      const result = await about(tape.scenario, async () => {
        const judged = await runScenario(withTape(session, playback), scenario, observer, ownControls);
        playback.finish();
        return {
          ...withoutSecrets(judged, session.redactor),
          requests: tape.requests,
          durationMs: tape.durationMs,
        };
      });
      onJudged(result);
      results.push(result);
    }
    const [missing] = planned.keys();
    if (missing !== undefined) throw new TapeMismatch(`nothing is recorded of ${missing}`);
    return { header: headerOf(state, catalogue), results };
  } finally {
    await session.close();
  }
}

async function about<T>(scenario: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TapeMismatch) throw new TapeMismatch(`${scenario}: ${error.message}`);
    throw error;
  }
}
