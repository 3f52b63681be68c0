import { defined } from '../../model/defined.ts';
import type { CellResult, Finding, Key, KeyRole, Operation, Reason, Scenario } from '../../model/index.ts';
import { because, worseOf } from '../../model/index.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import type { PreparedKeys } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { judge } from '../verdict/expectations.ts';
import { type Judgement, passed, verdictOfFindings } from '../verdict/judgement.ts';
import { type CellContext, type CellOutcome, withEvidence } from './cell-outcome.ts';
import { fixtureTexts, otherProjectIds } from './other-project-ids.ts';
import { withoutOwnReads } from './own-read.ts';
import { sendRightAfter } from './right-after.ts';
import { type SendSpec, type SentRequest, statusOf } from './send.ts';
import { keyOf, type Session } from './session.ts';
import { type OpenCell, settledCells } from './settled-cells.ts';
import { lookAtConnection, onlyWarm } from './warm-connection.ts';
import { watchedRequest } from './watched-request.ts';

export type { CellContext, CellOutcome } from './cell-outcome.ts';

/** Runs the cells of a scenario: one request for each operation, judged by the expectation of the scenario. */
export async function runCells(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const watched = planned.scenario.expect === 'observed';
  const cells = await Promise.all(planned.operations.map((operation) => openCell(context, operation)));
  const settled = await settledCells(context, cells);
  if (watched) return settled.map((outcome) => withNewRecords(session, outcome));
  const rest = await withoutOwnReads(context, settled, (operation) =>
    requestOf(context, operation, undefined),
  );
  return withConnection(context, rest);
}

/**
 * If a bad credential is accepted, finds out whether that needs a connection that carried the unmodified key, and says
 * so.
 */
async function withConnection(
  context: CellContext,
  outcomes: readonly CellOutcome[],
): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const one = outcomes.findIndex(({ cell }) => cell.findings.some(({ kind }) => kind === 'let-in'));
  const operation = planned.operations[one];
  const { present: presented, on, over } = planned.scenario;
  const isKept = presented?.lines === undefined && on === undefined && over === undefined;
  if (operation === undefined || !isKept) return [...outcomes];
  const { write } = session.state.target.keys;
  const look = await lookAtConnection(session, requestOf(context, operation, undefined), write);
  const { second } = look;
  if (second === undefined) return [...outcomes];
  return outcomes.map((outcome, index) => {
    const findings = outcome.cell.findings.map(({ tells, ...finding }) =>
      finding.kind === 'let-in'
        ? {
            ...finding,
            message: `${finding.message}, ${onlyWarm}`,
            ...(index === one ? { exchange: second.exchange.id } : {}),
          }
        : { ...finding, ...defined({ tells }) },
    );
    const told = { ...outcome, cell: { ...outcome.cell, findings } };
    return index === one ? withEvidence(told, look.sent) : told;
  });
}

async function openCell(context: CellContext, operation: Operation): Promise<OpenCell> {
  const { planned, session } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return { tries: [outcome(operation, 'inconclusive', blocked)] };
  const { target, baseUrl } = session.state;
  const urls = planned.scenario.on === undefined ? [undefined] : [baseUrl, ...target.replicaUrls];
  const once = async (repeat: number): Promise<CellOutcome> => {
    const sent = await Promise.all(urls.map((url) => sendCell(context, operation, url, repeat)));
    return together(sent.map((one) => judgeCell(context, operation, one)));
  };
  try {
    return { tries: [await once(0)], again: once };
  } catch (error) {
    if (!(error instanceof NotForgeable)) throw error;
    return { tries: [outcome(operation, 'not-applicable', error.because)] };
  }
}

/** One cell of several exchanges: the worst verdict and all findings. */
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

/** Sends the request of a cell; scenarios that only watch share each of its repetitions. */
function sendCell(
  context: CellContext,
  operation: Operation,
  url: string | undefined,
  repeat: number,
): Promise<SentRequest> {
  const { session, planned } = context;
  const { scenario } = planned;
  const make = (): Promise<SentRequest> => sendRightAfter(context, requestOf(context, operation, url));
  if (scenario.expect !== 'observed') return make();
  const name = `${repeat} ${watchedRequest(scenario, operation)}`;
  const known = session.shared.get(name) as Promise<SentRequest> | undefined;
  const sent = known ?? make();
  session.shared.set(name, sent);
  return sent;
}

function requestOf(context: CellContext, operation: Operation, url: string | undefined): SendSpec {
  const { id, scenario } = context.planned;
  return {
    operation,
    key: keyFor(context),
    variant: scenario.request ?? (scenario.expect === 'accepted' ? 'repeatable' : 'valid'),
    scenario: { id, title: scenario.title },
    forge: scenario.forge,
    present: scenario.present,
    method: scenario.method,
    path: scenario.path,
    spelling: scenario.spelling,
    over: scenario.over,
    apart: scenario.expect === 'no way in',
    prepared: preparedRoles(context.keys),
    ...defined({ baseUrl: url }),
  };
}

/** Judges one exchange as a cell: by the expectation, and by the requirements that watch every exchange. */
function judgeCell(context: CellContext, operation: Operation, sent: SentRequest): CellOutcome {
  const { session, planned, observer } = context;
  const { requirement, scenario } = planned;
  const judgement: Judgement = droppedInstead(scenario, sent)
    ? passed
    : judge(scenario.expect, {
        requirement: requirement.id,
        exchange: sent.exchange,
        operation,
        succeeds: sent.succeeds,
        otherProjectIds: otherProjectIds(session.state),
        texts: fixtureTexts(session.state),
        unknownPath: session.state.unknownPath,
        validate: session.validate,
      });
  const observed = observer(
    sent.exchange,
    judgement.findings.length > 0 || answeredBelow(scenario, sent),
    judgement.findings.some(({ kind }) => kind === 'let-in'),
  );
  const watched = scenario.expect === 'observed';
  const own = watched ? observed.filter((finding) => finding.requirement === requirement.id) : [];
  const findings: Finding[] = [
    ...judgement.findings,
    ...own.map(({ operation: _operation, ...rest }) => rest),
  ];
  const verdict =
    judgement.undecided !== undefined && findings.length === 0
      ? 'inconclusive'
      : verdictOfFindings(findings, requirement.level, session.state.options.strict);
  return {
    cell: {
      operation: operation.id,
      verdict,
      ...defined({ because: judgement.undecided }),
      findings,
      exchanges: [sent.exchange.id],
    },
    records: [sent.record],
    observed: watched ? [] : observed,
  };
}

/** Scenarios that watch share exchanges; the record is part of the first result that names it. */
function withNewRecords({ delivered }: Session, { records, ...rest }: CellOutcome): CellOutcome {
  const news = records.filter(({ id }) => !delivered.has(id));
  for (const { id } of news) delivered.add(id);
  return { ...rest, records: news };
}

/**
 * A front end that drops a malformed message without an answer has rejected it; the control after it proves that the
 * target works.
 */
function droppedInstead({ expect, present }: Scenario, { exchange }: SentRequest): boolean {
  const mayBeDropped = [
    'not let in',
    'refused as malformed',
    'unauthorized, 400 tolerated',
    'no server error',
    'shows nothing of the project',
  ];
  // What exceeds the limits of a front end is often dropped too, before all of it was read.
  const isDropped =
    ['unauthorized, or too large', 'no way in'].includes(expect) ||
    (present?.lines !== undefined && mayBeDropped.includes(expect));
  return isDropped && exchange.failure?.kind === 'broken';
}

/** A proxy often answers a request that is too large; the document does not describe that answer. */
function answeredBelow({ expect }: Scenario, sent: SentRequest): boolean {
  return expect === 'unauthorized, or too large' && statusOf(sent) !== 401;
}

/** Prepared keys by their role. */
export function preparedRoles(keys: PreparedKeys | undefined): Partial<Record<KeyRole, Key>> {
  if (keys === undefined) return {};
  return { prepared: keys.prepared, ...defined({ successor: keys.successor }) };
}

/** The key of a scenario, before anything in it is changed; none if nobody sends the request. */
export function keyFor(context: CellContext): Key | undefined {
  const { scenario } = context.planned;
  const role = scenario.key ?? (scenario.prepare === undefined ? 'write' : 'prepared');
  return role === 'none' ? undefined : keyOf(context.session, preparedRoles(context.keys), role);
}

/** Why an operation cannot be judged: it rejects the unmodified key too, or fails on it. */
export function blockedReason(
  session: Session,
  planned: PlannedScenario,
  operation: Operation,
): Reason | undefined {
  const { scenario } = planned;
  if (scenario.provesAccess === true || scenario.expect === 'observed') return undefined;
  const found = session.state.operations.find((entry) => entry.operation.id === operation.id);
  if (found?.availability === 'shut-out') {
    return because('operation-refuses-all', { operation: operation.id });
  }
  if (found?.availability === 'broken') {
    return because('operation-broken', { operation: operation.id, note: found.note });
  }
  return undefined;
}

function outcome(operation: Operation, verdict: CellResult['verdict'], reason: Reason): CellOutcome {
  const cell = { operation: operation.id, verdict, because: reason, findings: [], exchanges: [] };
  return { cell, records: [], observed: [] };
}
