import type { CountedCassette } from '../../harness/engine/evidence/evidence.ts';
import {
  openRunner,
  type PlannedScenario,
  type PreflightResult,
  type Runner,
  requestsOfEach,
  runHeaderOf,
  runPool,
  type SessionState,
} from '../../harness/engine/run/index.ts';
import { isSequentialAlone } from '../../harness/engine/run/phase.ts';
import { type BaselineEntry, isDecidedVerdict, type ScenarioResult } from '../../harness/model/index.ts';
import type { RunHeader } from '../../harness/model/run-header.ts';
import { failsUnlisted } from '../../harness/report/baseline.ts';
import { worded } from '../../harness/report/worded.ts';
import { catalogue } from '../requirements/index.ts';
import type { RequirementOutcome } from './outcomes.ts';
import { scenarioFailure } from './scenario-failure.ts';
import type { LateRedaction } from './secrets.ts';

/** Receives the results of a run, with what it needs for that. */
export interface RunListener {
  /** Entries of the baseline that are in force; what they list does not fail. */
  readonly accepted: readonly BaselineEntry[];
  readonly redaction: LateRedaction;
  onResult(result: ScenarioResult): void;
  /** A fault of the suite: what it was doing, and what happened. */
  onFault(scenario: string, error: unknown): void;
}

type Step = RequirementOutcome['scenarios'][number];

/** Parallel scenarios for each parallel request: many wait for the control after them, or for one answer. */
const scenariosPerRequest = 2;

interface PendingOutcome {
  readonly outcome: Promise<RequirementOutcome>;
  settle(outcome: RequirementOutcome): void;
}

/**
 * The run of this process: the setup prepares it, the reporter starts it and takes its results, and the tests in the
 * worker processes hear the results of their requirements.
 */
let state: SessionState | undefined;
let recorded: PreflightResult['recorded'];
let runner: Runner | undefined;
let opening: Promise<void> | undefined;
let redaction: LateRedaction | undefined;
let isEnded = false;
let isClosed = false;
let lastPart: string | undefined;
/** Stands for all parts of the catalogue; it is settled when the run is closed. */
const wholeRun = '';
const cassettes: CountedCassette[] = [];
const waiting = new Map<string, PendingOutcome>();

/** Stores the state of the run, before or after the preflight. */
export function keepState(known: SessionState): void {
  state = known;
}

/** The state of the run; undefined if its configuration was rejected. */
export function knownState(): SessionState | undefined {
  return state;
}

/** What a report says about the run; undefined if there is none. */
export function headerOfRun(selection: string | undefined): RunHeader | undefined {
  return state && runHeaderOf(state, catalogue, selection, runner?.redactor);
}

/** Opens the engine when the preflight has ended, for what it found and what `-g` selects. */
export function openRun(looking: Promise<PreflightResult>, selection: string | undefined): void {
  opening = looking.then(async (look) => {
    state = selection === undefined ? look.state : { ...look.state, everyMember: true };
    recorded = look.recorded;
    if (!isEnded) runner = await openRunner(catalogue, state);
  });
  // Who waits for it in `runIsOpen` gets the error.
  opening.catch(() => undefined);
}

/** Waits for the preflight; rejects with its error, which is a fault of the suite. */
export async function runIsOpen(): Promise<void> {
  await opening;
}

/** Nothing more is decided: every test that waits for an outcome, or will, gets one without scenarios. */
export function closeRun(): void {
  isClosed = true;
  for (const { settle } of waiting.values()) settle({ scenarios: [] });
}

/** Requests one after the other take about this many times as long as in parallel. */
const aloneTakes = 3;

/**
 * Those of these scenarios that are sent, each with the smallest number of its requests. A scenario that runs alone
 * also counts the requests that others could have sent meanwhile.
 */
export function workOf(ids: readonly string[]): ReadonlyMap<string, number> {
  if (runner === undefined) return new Map();
  const { mode, depth } = runner.state.options;
  const wanted = new Set(ids);
  const planned = runner.planned.filter(({ id }) => wanted.has(id));
  const requests = requestsOfEach(planned, { mayWrite: mode === 'full', depth });
  for (const { id, scenario } of planned) {
    const isAlone = isSequentialAlone(scenario, runner.state.nearestMs);
    const own = requests.get(id);
    if (isAlone && own !== undefined) requests.set(id, own * aloneTakes);
  }
  return requests;
}

/** Requests that the scenarios have sent so far, including those that have not ended. */
export function requestsOfRun(): number {
  return runner?.requests ?? 0;
}

/**
 * Runs the scenarios with these ids, many in parallel, and reports each. Resolves when all of them, or the run, have
 * ended.
 */
export async function startRun(ids: readonly string[], listener: RunListener): Promise<void> {
  const engine = runner;
  if (engine === undefined) return;
  const wanted = new Set(ids);
  const planned = engine.planned.filter(({ id }) => wanted.has(id));
  const { accepted } = listener;
  redaction = listener.redaction;
  const steps = new Map<string, Step>();
  const settle = (one: PlannedScenario, step: Pick<Step, 'status' | 'message'>): void => {
    steps.set(one.id, { title: `${one.id}: ${one.scenario.title}`, ...step });
    const tell = (part: string, of: readonly PlannedScenario[]): void => {
      const scenarios = of.flatMap(({ id }) => steps.get(id) ?? []);
      if (scenarios.length === of.length) waitFor(part).settle({ scenarios });
    };
    tell(one.id, [one]);
    tell(
      one.requirement.id,
      planned.filter(({ requirement }) => requirement === one.requirement),
    );
  };
  await runPool(planned, scenariosPerRequest * engine.state.target.concurrency, {
    run: (one, onSent) => engine.run(one, onSent),
    nearestMs: engine.state.nearestMs,
    isEnded: () => isEnded,
    onResult(one, result) {
      const cassette = engine.recorded(one.id);
      if (cassette !== undefined) cassettes.push(cassette);
      listener.onResult(result);
      settle(one, stepOf(result, accepted));
    },
    onFault(one, error) {
      listener.onFault(one.id, error);
      settle(one, { status: 'failed', message: `the suite itself failed: ${firstLineOf(error)}` });
    },
  });
}

/** The result of a requirement when all its scenarios in this run have ended, or of a scenario when it has ended. */
export async function outcomeOfPart(id: string): Promise<RequirementOutcome> {
  const outcome = await waitFor(id).outcome;
  return redaction === undefined ? { scenarios: [] } : redaction.all(outcome);
}

/**
 * If only our reporter looks at the tests, they show nothing, and none of them has to fail: a failing test costs a new
 * worker process, which takes longer than all cells of its requirement. One of them waits for the end of the run.
 */
export async function endOfPart(id: string): Promise<RequirementOutcome> {
  if (id === lastPart) await waitFor(wholeRun).outcome;
  return { scenarios: [] };
}

/** The part of the catalogue whose test waits for the end of the run, if the tests show nothing. */
export function waitWith(part: string | undefined): void {
  lastPart = part;
}

/** Ends the engine: gives up what is in progress, and revokes the keys that it made. */
export async function endRun(): Promise<void> {
  isEnded = true;
  await runner?.close();
}

/** Everything that was recorded, the preflight first; undefined if the run is not recorded. */
export function recordedRun():
  | {
      readonly start: NonNullable<PreflightResult['recorded']>['start'];
      readonly cassettes: CountedCassette[];
    }
  | undefined {
  return recorded && { start: recorded.start, cassettes: [recorded.cassette, ...cassettes] };
}

function waitFor(id: string): PendingOutcome {
  const known = waiting.get(id);
  if (known !== undefined) return known;
  let settle: PendingOutcome['settle'] = () => undefined;
  const outcome = new Promise<RequirementOutcome>((resolve) => {
    settle = resolve;
  });
  const made = { outcome, settle };
  if (isClosed) settle({ scenarios: [] });
  waiting.set(id, made);
  return made;
}

/** The end of a scenario as a step of its test. */
function stepOf(
  result: ScenarioResult,
  accepted: readonly BaselineEntry[],
): Pick<Step, 'status' | 'message'> {
  if (failsUnlisted(result, accepted)) return { status: 'failed', message: scenarioFailure(result) };
  if (isDecidedVerdict(result.verdict)) return { status: 'passed' };
  return { status: 'skipped', message: `${result.verdict}: ${worded(result).reason ?? ''}` };
}

/** The first line of an error. */
export function firstLineOf(error: unknown): string {
  return String(error).split('\n')[0] ?? '';
}
