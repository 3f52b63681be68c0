import type { CountedTape } from '../../harness/engine/evidence/evidence.ts';
import {
  type FirstLook,
  headerOf,
  openRunner,
  type PlannedScenario,
  type Runner,
  runPool,
  type SessionState,
} from '../../harness/engine/run/index.ts';
import type { BaselineEntry, ScenarioResult } from '../../harness/model/index.ts';
import type { RunHeader } from '../../harness/model/run-header.ts';
import { entriesInForce, failsUnlisted } from '../../harness/report/baseline.ts';
import { worded } from '../../harness/report/worded.ts';
import { catalogue } from '../requirements/index.ts';
import type { Outcome } from './outcomes.ts';
import { scenarioFailure } from './scenario-failure.ts';
import { createLateRedaction } from './secrets.ts';

/** What is heard of the run while it goes. */
export interface RunListener {
  onResult(result: ScenarioResult): void;
  /** A fault of the suite: what it was doing, and what happened. */
  onFault(scenario: string, error: unknown): void;
}

interface Waiting {
  readonly outcome: Promise<Outcome>;
  settle(outcome: Outcome): void;
}

/**
 * The run of this process: the setup prepares it, the reporter starts it and takes its results, and the tests in the
 * worker processes hear what their requirements come to.
 */
let state: SessionState | undefined;
let recorded: FirstLook['recorded'];
let runner: Runner | undefined;
let isEnded = false;
const tapes: CountedTape[] = [];
const waiting = new Map<string, Waiting>();

/** Keeps the state of the run, be it that of before the first look. */
export function keepState(known: SessionState): void {
  state = known;
}

/** The state of the run; undefined: its configuration was refused. */
export function knownState(): SessionState | undefined {
  return state;
}

/** What a report says of the run; undefined: there is no run. */
export function headerOfRun(selection: string | undefined): RunHeader | undefined {
  return state && headerOf(state, catalogue, selection);
}

/** Opens the engine for what the first look found. */
export async function openRun(look: FirstLook): Promise<void> {
  state = look.state;
  recorded = look.recorded;
  runner = await openRunner(catalogue, look.state);
}

/** Runs the scenarios with these ids, a few at a time, and tells of each. Resolves when all ended, or the run did. */
export async function startRun(ids: readonly string[], listener: RunListener): Promise<void> {
  const engine = runner;
  if (engine === undefined) return;
  const wanted = new Set(ids);
  const planned = engine.planned.filter(({ id }) => wanted.has(id));
  const accepted = entriesInForce(headerOf(engine.state, catalogue));
  const redaction = createLateRedaction(engine.state);
  const results = new Map<string, ScenarioResult | Error>();
  const settle = ({ id, requirement }: PlannedScenario): void => {
    const of = planned.filter((one) => one.requirement.id === requirement.id);
    const scenarios = of.map((each) => shown(each, results.get(each.id), accepted));
    waitFor(id).settle(redaction.all({ scenarios: scenarios.filter((_one, at) => of[at]?.id === id) }));
    if (of.every((each) => results.has(each.id)))
      waitFor(requirement.id).settle(redaction.all({ scenarios }));
  };
  await runPool(planned, atATime(engine.state.target.concurrency), {
    run: (one) => engine.run(one),
    isEnded: () => isEnded,
    onResult(one, result) {
      const tape = engine.recorded(one.id);
      if (tape !== undefined) tapes.push(tape);
      results.set(one.id, result);
      listener.onResult(result);
      settle(one);
    },
    onFault(one, error) {
      results.set(one.id, error instanceof Error ? error : new Error(String(error)));
      listener.onFault(one.id, error);
      settle(one);
    },
  });
}

/** Scenarios side by side: more than requests, because many wait for the control after them or for one answer. */
function atATime(concurrency: number): number {
  return 2 * concurrency;
}

/** What a requirement comes to as soon as all of its scenarios that run have ended, or one of them as soon as it has. */
export function outcomeOfPart(id: string): Promise<Outcome> {
  return waitFor(id).outcome;
}

/**
 * Waits like `outcomeOfPart` and shows nothing: where nobody but our reporter looks at the tests, none of them has to
 * fail. A test that fails costs a new worker process, which takes longer than all cells of its requirement.
 */
export async function endOfPart(id: string): Promise<Outcome> {
  await waitFor(id).outcome;
  return { scenarios: [] };
}

/** Ends the engine: what is under way is given up, and the keys that it made are revoked. */
export async function endRun(): Promise<void> {
  isEnded = true;
  await runner?.close();
}

/** Everything that was recorded, the first look first; undefined where the run is not recorded. */
export function recordedRun():
  | { readonly start: NonNullable<FirstLook['recorded']>['start']; readonly tapes: CountedTape[] }
  | undefined {
  return recorded && { start: recorded.start, tapes: [recorded.tape, ...tapes] };
}

function waitFor(id: string): Waiting {
  const known = waiting.get(id);
  if (known !== undefined) return known;
  let settle: Waiting['settle'] = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const made = { outcome, settle };
  waiting.set(id, made);
  return made;
}

/** A scenario as a step of its test. */
function shown(
  { id, scenario }: PlannedScenario,
  result: ScenarioResult | Error | undefined,
  accepted: readonly BaselineEntry[],
): Outcome['scenarios'][number] {
  const title = `${id}: ${scenario.title}`;
  if (result === undefined || result instanceof Error) {
    const [why] = String(result ?? 'it did not end').split('\n');
    return { title, status: 'failed', message: `the suite itself failed: ${why}` };
  }
  if (failsUnlisted(result, accepted)) return { title, status: 'failed', message: scenarioFailure(result) };
  const isDecided = ['pass', 'warn', 'fail'].includes(result.verdict);
  if (isDecided) return { title, status: 'passed' };
  return { title, status: 'skipped', message: `${result.verdict}: ${worded(result).reason ?? ''}` };
}
