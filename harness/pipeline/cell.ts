import type { PreparedKeys } from '../control/preparations.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import type {
  CellResult,
  ExchangeRecord,
  Finding,
  Key,
  KeyRole,
  Operation,
  Scenario,
  Timeline,
} from '../model.ts';
import { worseOf } from '../model.ts';
import { judge } from '../verdict/expectations.ts';
import { type Judgement, passed, stands, verdictOf } from '../verdict/judgement.ts';
import { fixtureTexts, foreignIds } from './foreign.ts';
import type { ObservedFinding, Observer } from './observer.ts';
import { confirmed, failedOnce, type SentTwice } from './once-more.ts';
import { sendRightAfter } from './right-after.ts';
import type { Sent } from './send.ts';
import { keyOf, type Session } from './tools.ts';
import { watchedRequest } from './watched-request.ts';

/** One cell and what was seen on the way. */
export interface CellOutcome {
  readonly cell: CellResult;
  readonly records: readonly ExchangeRecord[];
  readonly observed: readonly ObservedFinding[];
  readonly timeline?: Timeline;
}

/** Everything that the cells of a scenario share. */
export interface CellContext {
  readonly session: Session;
  readonly planned: PlannedScenario;
  readonly keys: PreparedKeys | undefined;
  readonly observer: Observer;
}

/** Runs one cell: one request, judged by the scenario's expectation. */
export async function runCell(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { planned } = context;
  const blocked = blockedReason(context.session, planned, operation);
  if (blocked !== undefined) return outcome(operation, 'inconclusive', blocked);
  const { target, baseUrl } = context.session.state;
  const urls = planned.scenario.on === undefined ? [undefined] : [baseUrl, ...target.replicaUrls];
  try {
    const sent = await Promise.all(urls.map((url) => sendCell(context, operation, url)));
    return together(sent.map((one) => judgeConfirmed(context, operation, one)));
  } catch (error) {
    if (error instanceof NotForgeable) return outcome(operation, 'not-applicable', error.message);
    throw error;
  }
}

/** One cell of several exchanges: the worst verdict, everything that was found. */
function together(outcomes: readonly CellOutcome[]): CellOutcome {
  return outcomes.reduce((one, other) => {
    const worse = worseOf(one.cell, other.cell);
    const better = worse === one.cell ? other.cell : one.cell;
    return {
      cell: {
        ...worse,
        findings: [...worse.findings, ...better.findings],
        exchanges: [...one.cell.exchanges, ...other.cell.exchanges],
      },
      records: [...one.records, ...other.records],
      observed: [...one.observed, ...other.observed],
    };
  });
}

function sendCell(context: CellContext, operation: Operation, url: string | undefined): Promise<SentTwice> {
  const { session, planned } = context;
  const { scenario } = planned;
  const once = (): Promise<Sent> =>
    sendRightAfter(context, {
      operation,
      key: keyFor(context),
      variant: scenario.request ?? (scenario.expect === 'accepted' ? 'repeatable' : 'valid'),
      scenario: { id: planned.id, title: scenario.title },
      forge: scenario.forge,
      present: scenario.present,
      method: scenario.method,
      path: scenario.path,
      spelling: scenario.spelling,
      prepared: preparedRoles(context.keys),
      ...(url === undefined ? {} : { baseUrl: url }),
    });
  const make = (): Promise<SentTwice> => confirmed(once);
  if (scenario.expect !== 'observed') return make();
  const name = watchedRequest(scenario, operation);
  const known = session.shared.get(name) as Promise<SentTwice> | undefined;
  const sent = known ?? make();
  session.shared.set(name, sent);
  return sent;
}

/** Judges a cell by its second exchange where the first failed and the second did not. */
function judgeConfirmed(context: CellContext, operation: Operation, sent: SentTwice): CellOutcome {
  const { session, planned, observer } = context;
  const { again } = sent;
  if (again === undefined) return judgeCell(context, operation, sent);
  const doubt = failedOnce(sent);
  const [judged, other] = doubt === undefined ? [sent, again] : [again, sent];
  const watched = planned.scenario.expect === 'observed';
  // A failure excuses its status, and not what it carries.
  const before = watched ? [] : judgeCell(context, operation, other).cell.findings.filter(stands);
  const { cell, records, observed } = judgeCell(context, operation, judged);
  const sees = !watched || planned.requirement.observe === 'no server error';
  const kept = watched && !firstTime(session, other) ? [] : [other.record];
  const undecided = doubt !== undefined && sees && cell.findings.length + before.length === 0;
  const findings = [...before, ...cell.findings];
  const { level } = planned.requirement;
  return {
    cell: {
      ...cell,
      ...(before.length === 0
        ? {}
        : { findings, verdict: verdictOf(findings, level, session.state.options.strict) }),
      ...(undecided ? { verdict: 'inconclusive' as const, reason: doubt } : {}),
      exchanges: [sent.exchange.id, again.exchange.id],
    },
    records: doubt === undefined ? [...records, ...kept] : [...kept, ...records],
    observed: watched ? observed : [...observed, ...observer(other.exchange, true)],
  };
}

/** Judges one exchange as a cell: by the expectation, and by what requirements watch for in every exchange. */
function judgeCell(context: CellContext, operation: Operation, sent: Sent): CellOutcome {
  const { session, planned, observer } = context;
  const { requirement, scenario } = planned;
  const judgement: Judgement = droppedInstead(scenario, sent)
    ? passed
    : judge(scenario.expect, {
        requirement: requirement.id,
        exchange: sent.exchange,
        operation,
        succeeds: sent.succeeds,
        foreignIds: foreignIds(session.state),
        texts: fixtureTexts(session.state),
        unknownPath: session.state.unknownPath,
      });
  const observed = observer(sent.exchange, judgement.findings.length > 0 || answeredBelow(scenario, sent));
  const watched = scenario.expect === 'observed';
  const own = watched ? observed.filter((finding) => finding.requirement === requirement.id) : [];
  const findings: Finding[] = [
    ...judgement.findings,
    ...own.map(({ operation: _operation, ...rest }) => rest),
  ];
  const verdict =
    judgement.undecided !== undefined && findings.length === 0
      ? 'inconclusive'
      : verdictOf(findings, requirement.level, session.state.options.strict);
  return {
    cell: {
      operation: operation.id,
      verdict,
      ...(judgement.undecided === undefined ? {} : { reason: judgement.undecided }),
      findings,
      exchanges: [sent.exchange.id],
    },
    records: watched && !firstTime(session, sent) ? [] : [sent.record],
    observed: watched ? [] : observed,
  };
}

/** Watching scenarios share exchanges; the record travels with the first result that names it. */
function firstTime(session: Session, sent: Sent): boolean {
  const seen = session.delivered.has(sent.exchange.id);
  session.delivered.add(sent.exchange.id);
  return !seen;
}

/** A front end that drops a malformed message without an answer has refused it, as the control after it shows. */
function droppedInstead({ expect, present }: Scenario, { exchange }: Sent): boolean {
  const mayBeDropped = [
    'not let in',
    'refused as malformed',
    'unauthorized, 400 tolerated',
    'no server error',
  ];
  return present?.lines !== undefined && mayBeDropped.includes(expect) && exchange.failure?.kind === 'broken';
}

/** A request that is too large is often answered by a proxy, of which the document says nothing. */
function answeredBelow({ expect }: Scenario, sent: Sent): boolean {
  return expect === 'unauthorized, or too large' && sent.exchange.response?.status !== 401;
}

/** Roles of prepared keys, to resolve them by. */
export function preparedRoles(keys: PreparedKeys | undefined): Partial<Record<KeyRole, Key>> {
  if (keys === undefined) return {};
  return { prepared: keys.prepared, ...(keys.successor === undefined ? {} : { successor: keys.successor }) };
}

function keyFor(context: CellContext): Key | undefined {
  const { scenario } = context.planned;
  const role = scenario.key ?? (scenario.prepare === undefined ? 'write' : 'prepared');
  return role === 'none' ? undefined : keyOf(context.session, preparedRoles(context.keys), role);
}

/** Why nothing can be concluded from an operation: it refuses, or fails on, the untouched key as well. */
export function blockedReason(
  session: Session,
  planned: PlannedScenario,
  operation: Operation,
): string | undefined {
  const { scenario } = planned;
  if (scenario.provesAccess === true || scenario.expect === 'observed') return undefined;
  const found = session.state.operations.find((entry) => entry.operation.id === operation.id);
  if (found?.availability === 'shut-out') {
    return `${operation.id} refuses the untouched write key as well, so a refusal there proves nothing`;
  }
  if (found?.availability === 'broken') {
    return `${operation.id} does not answer the untouched write key properly: ${found.note ?? 'it fails'}`;
  }
  return undefined;
}

function outcome(operation: Operation, verdict: CellResult['verdict'], reason: string): CellOutcome {
  const cell = { operation: operation.id, verdict, reason, findings: [], exchanges: [] };
  return { cell, records: [], observed: [] };
}
