import { defined } from '../../model/defined.ts';
import type { CellResult, Reason, ScenarioResult } from '../../model/index.ts';
import { because, summarise } from '../../model/index.ts';
import { type PreparedKeys, prepareKeys } from '../key-control/preparations.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { ofOneScenario } from '../probe/prober.ts';
import { runConfirmedProcedure } from '../procedures/confirmed.ts';
import { type CellOutcome, runCells } from '../session/cell.ts';
import type { Observer } from '../session/observer.ts';
import { decidedBefore, harmOf } from '../session/own-action.ts';
import { type ControlProbe, controlFailed } from '../session/positive-control.ts';
import { createRepeatLog, logged } from '../session/repeat-log.ts';
import { isForgeable } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import type { Controls } from '../session/shared-controls.ts';
import { describeExpectation } from '../verdict/expectations.ts';
import { stands } from '../verdict/judgement.ts';
import { untilRejected, warm } from './key-uses.ts';
import { priorityOf } from './length.ts';
import { unlessAbsent } from './looks-absent.ts';
import { movesClock } from './phase.ts';

const failuresBeforeStop = 5;

type Finish = (rest: Partial<ScenarioResult> & Pick<ScenarioResult, 'verdict'>) => ScenarioResult;

/** Runs one planned scenario: control, cells, control. Throws only for faults of the suite. See `Pool.run`. */
export async function runScenario(
  shared: Session,
  planned: PlannedScenario,
  observer: Observer,
  controls: Controls,
  onSent?: () => void,
): Promise<ScenarioResult> {
  const session = {
    ...shared,
    prober: ofOneScenario(shared.prober, priorityOf(planned)),
    repeats: createRepeatLog(),
  };
  const started = performance.now();
  const finish: Finish = (rest) => ({
    scenario: planned.id,
    sent: describeSent(planned),
    expected: describeExpectation(planned.scenario.expect),
    cells: [],
    observed: [],
    exchanges: [],
    ...logged(session.repeats),
    requests: session.prober.requests,
    durationMs: Math.round(performance.now() - started),
    ...defined({ slowestPerSecond: session.prober.overload.slowestPerSecond }),
    ...rest,
  });

  const decided = decidedBefore(session.state, planned);
  if (decided !== undefined) return decided;
  const { cause } = session.state;
  const isRealWork = planned.scenario.procedure === 'real work';
  if (cause !== undefined) {
    const repeats = isRealWork ? session.state.realWork?.repeats : undefined;
    return { ...undecided(planned, cause), ...defined({ repeats }) };
  }
  if (planned.skip !== undefined)
    return finish({ verdict: planned.skip.verdict, because: planned.skip.because });
  const stopped = stoppedBy(session);
  if (stopped !== undefined) return undecided(planned, stopped);
  if (isRealWork && session.state.realWork !== undefined) return session.state.realWork;

  if (session.state.sameProject === true && planned.requirement.needs?.includes('other-project-keys')) {
    return finish({ verdict: 'inconclusive', because: because('same-project') });
  }

  const harm = harmOf(session.state, planned);
  if (harm !== undefined) return undecided(planned, harm);

  const leave = controls.enter();
  try {
    return await runBetweenControls({ session, planned, observer, controls, onSent }, finish);
  } finally {
    leave();
  }
}

interface ScenarioContext {
  readonly session: Session;
  readonly planned: PlannedScenario;
  readonly observer: Observer;
  readonly controls: Controls;
  /** Called when only the control after the scenario is missing. */
  readonly onSent: (() => void) | undefined;
}

async function runBetweenControls(
  { session, planned, observer, controls, onSent }: ScenarioContext,
  finish: Finish,
): Promise<ScenarioResult> {
  const before = await controls.before(session, planned.id);
  const broken = controlFailed(before);
  if (broken !== undefined) return finish({ verdict: 'inconclusive', ...stumble(session, before, broken) });
  let keys: PreparedKeys | undefined;
  try {
    keys = await prepare(session, planned);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return finish({ verdict: 'inconclusive', because: error.because });
  }
  let released: Promise<void> | undefined;
  try {
    const context = { session, planned, keys, observer };
    const tried =
      planned.scenario.procedure === undefined
        ? await runCells(context)
        : await runConfirmedProcedure(context);
    const outcomes = tried.map((one) => unlessAbsent(session.state, one));
    released = keys?.discard();
    void Promise.resolve(released).then(onSent);
    const after = await controls.after(session, planned.id);
    const late = endedByClock(planned, after) ? undefined : controlFailed(after);
    const cells = outcomes.map(({ cell }) => (late === undefined ? cell : doubt(cell, late)));
    if (late === undefined) session.health.failures = 0;
    const deviates = cells.some(({ findings }) => findings.length > 0);
    const seen = watchControls(session, observer, [before, after], deviates);
    const observed = [...outcomes.flatMap((one) => one.observed), ...seen.observed];
    return finish({
      ...summarise(cells),
      ...(late === undefined ? {} : stumble(session, after, late)),
      control: controlRecord(before, after),
      cells,
      ...timelineOf(outcomes),
      // If the unmodified key gets server errors too, the target is out of order, and errors in its answers mean
      // nothing.
      observed: late === undefined ? observed : observed.filter(stands),
      exchanges: [...outcomes.flatMap(({ records }) => records), ...seen.records],
    });
  } finally {
    released ??= keys?.discard();
    // The next one that runs alone need not wait for it; in parallel, a target may limit the keys of a project.
    if (movesClock(planned.scenario) && session.state.options.record !== true) {
      session.releases.push(released);
    } else {
      await released;
    }
  }
}

/** The result of a scenario that is not run because nothing can be tested. */
export function undecided(planned: PlannedScenario, cause: Reason): ScenarioResult {
  return {
    scenario: planned.id,
    sent: describeSent(planned),
    expected: describeExpectation(planned.scenario.expect),
    verdict: 'inconclusive',
    because: cause,
    cells: [],
    observed: [],
    exchanges: [],
    requests: 0,
    durationMs: 0,
  };
}

async function prepare(session: Session, planned: PlannedScenario): Promise<PreparedKeys | undefined> {
  const { prepare: preparation } = planned.scenario;
  if (preparation === undefined) return undefined;
  if (session.control === undefined) throw new ControlError(because('no-key-control'));
  const { projectId } = session.state;
  return prepareKeys(preparation, {
    control: session.control,
    ...defined({ projectId }),
    warm: (key, times) => warm(session, planned, key, times),
    untilRejected: (key) => untilRejected(session, planned, key),
    suits: (key) => isForgeable(session, planned.scenario, key),
    keyMade: (value) => session.redactor.add(value),
  });
}

/** Why nothing more is tried: too many scenarios in a row could not finish, or the target accepts no more requests. */
function stoppedBy({ health, prober }: Session): Reason | undefined {
  if (prober.exhausted !== undefined) {
    const why = because('no-more-requests', { message: prober.exhausted });
    health.cause ??= because('stopped-early', { because: why });
  }
  return health.cause;
}

/**
 * Counts a control that failed, once for all scenarios that share it; after several in a row the run stops for one
 * cause.
 */
function stumble(session: Session, control: ControlProbe, reason: Reason): { because: Reason } {
  if (session.health.last !== control) session.health.failures += 1;
  session.health.last = control;
  if (session.health.failures >= failuresBeforeStop) {
    session.health.cause = because('stopped-early', { because: reason, scenarios: failuresBeforeStop });
  }
  return { because: reason };
}

/** The title, with the key in front if the title does not name one. */
function describeSent({ scenario: { key, title } }: PlannedScenario): string {
  return key === undefined || key === 'none' || /\bkey\b/.test(title) ? title : `${key} key: ${title}`;
}

function timelineOf(outcomes: readonly CellOutcome[]): Pick<ScenarioResult, 'timeline'> {
  const timeline = outcomes.find((outcome) => outcome.timeline !== undefined)?.timeline;
  return timeline === undefined ? {} : { timeline };
}

/**
 * Controls are exchanges like any other; scenarios that share one check it once. A control is kept if something is
 * wrong with it. The first one is also kept next to a failure, because it shows how the API itself answers.
 */
function watchControls(
  { delivered }: Session,
  observer: Observer,
  controls: readonly ControlProbe[],
  deviates: boolean,
): { observed: ScenarioResult['observed']; records: ScenarioResult['exchanges'] } {
  const sent = controls.flatMap((control) => (control.sent === undefined ? [] : [control.sent]));
  const news = sent.filter(({ exchange }) => !delivered.has(exchange.id));
  const wrong = news.filter(({ exchange }) => observer(exchange, false).length > 0);
  for (const { exchange } of wrong) delivered.add(exchange.id);
  return {
    observed: wrong.flatMap(({ exchange }) => [...observer(exchange, false)]),
    records: sent
      .filter((one, at) => wrong.includes(one) || (deviates && at === 0))
      .map(({ record }) => record),
  };
}

/**
 * If the control key stops working when the clock moves, the scenario has found what it looks for; it is not in doubt.
 */
function endedByClock(planned: PlannedScenario, after: ControlProbe): boolean {
  return planned.scenario.prepare === 'key after ten years' && after.status === 401;
}

/** After a failed control only those findings stand that the failure cannot explain. */
function doubt(cell: CellResult, reason: Reason): CellResult {
  if (cell.findings.some(stands)) return cell;
  return { ...cell, verdict: 'inconclusive', because: reason, findings: [] };
}

function controlRecord(before: ControlProbe, after: ControlProbe): NonNullable<ScenarioResult['control']> {
  return {
    operation: before.operation,
    ...defined({ before: before.status, after: after.status }),
  };
}

export type { CellOutcome };
