import type { Evidence } from '../evidence/evidence.ts';
import { createPlayback } from '../evidence/playback.ts';
import { TapeMismatch } from '../evidence/tape.ts';
import type { Family, ScenarioResult } from '../model.ts';
import { buildReport } from '../report/build.ts';
import type { Report } from '../report/schema.ts';
import { firstLook } from './first-look/index.ts';
import { headerOf } from './header.ts';
import { createObserver } from './observer.ts';
import { plan } from './plan.ts';
import { runScenario } from './scenario.ts';
import { optionsOf, targetOf } from './start.ts';
import { withTape } from './taping.ts';
import { openSession } from './tools.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Takes the result of each scenario as it is judged again; may throw to end it early. */
export type OnJudged = (result: ScenarioResult) => void;

/**
 * Runs the engine once more, with the recorded answers in place of the target: first look, plan, requests, verdicts
 * and report come from the code and the catalogue of this suite. Sends nothing. Throws TapeMismatch where the evidence
 * lacks an exchange that a scenario makes, or holds one that none makes.
 */
export async function rejudge(
  evidence: Evidence,
  catalogue: readonly Family[],
  durationMs: number,
  onJudged: OnJudged,
): Promise<Report> {
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
    workers: 1,
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
        const judged = await runScenario(withTape(session, playback), scenario, observer);
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
    return buildReport({
      header: headerOf(state, catalogue),
      catalogue,
      results,
      finishedAt: start.startedAt + durationMs,
      suiteFaults: [],
    });
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
