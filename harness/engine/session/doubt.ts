import {
  answerKind,
  answerName,
  type CellResult,
  type ExchangeRecord,
  isGatewayFailure,
  isOverload,
  isServerFailure,
  type Level,
  type Reason,
  stands,
  verdictOfFindings,
} from '../../model/index.ts';
import type { CellOutcome } from './cell-outcome.ts';
import { mostRepeats, onceThen } from './repeat.ts';
import type { Session } from './session.ts';

type CellFinding = CellResult['findings'][number];

/**
 * A security hole counts at once; everything else must repeat. A finding in the first attempt of a cell or procedure
 * counts if every later attempt has it too. An accepted credential, a leak and a side effect count in any attempt.
 * What does not repeat decides nothing, except an answer that something in front lost once: two later attempts that agree
 * decide.
 */
export interface Doubts {
  /** Kinds of findings of an attempt that must repeat, each with its answer. */
  readonly kinds: ReadonlyMap<string, string>;
  /** A failed request; it may be why there is no other finding. */
  readonly failure: Failure | undefined;
  /** All that was found is about answers that something in front of the server may have given in its place. */
  readonly ofFront: boolean;
  /** Some answer is a rejection in HTML. */
  readonly hasPage: boolean;
}

interface Failure {
  readonly answer: string;
  /** False for a failure that says nothing about the request: overload, a broken connection, or no answer in time. */
  readonly decides: boolean;
  /** There was no answer in time, so one repetition is enough. */
  readonly isLate?: true;
}

/** What must repeat before it counts; `watched`: only findings of other requirements, not failures. */
export function doubtsOf(outcome: CellOutcome, watched: boolean): Doubts {
  const kinds = new Map<string, string>();
  for (const finding of [...outcome.cell.findings, ...outcome.observed]) {
    if (!stands(finding)) kinds.set(kindOf(finding), describeFinding(outcome, finding));
  }
  return {
    kinds,
    failure: failureOf(outcome, watched),
    ofFront: isOfFront(outcome),
    hasPage: outcome.records.some(isPage),
  };
}

function isOfFront({ cell, records }: CellOutcome): boolean {
  const fromFront = (record: ExchangeRecord) => isGatewayFailure(record.response?.status) || isPage(record);
  const suspected = new Set(records.filter(fromFront).map(({ id }) => id));
  const failures = records.filter(({ response }) => isServerFailure(response?.status));
  return (
    failures.length + cell.findings.length > 0 &&
    failures.every(({ id }) => suspected.has(id)) &&
    cell.findings.every(({ exchange }) => exchange !== undefined && suspected.has(exchange))
  );
}

/** True for a rejection in HTML. */
function isPage({ response }: ExchangeRecord): boolean {
  const isRejection = response !== undefined && response.status >= 400 && response.status < 500;
  return isRejection && answerKind(response).type === 'text/html';
}

function failureOf({ cell, records }: CellOutcome, watched: boolean): Failure | undefined {
  const failures = records.filter(({ response }) => isServerFailure(response?.status));
  const failed = failures.find(({ response }) => !isOverload(response?.status)) ?? failures[0];
  if (failed !== undefined) {
    const decides = !watched && !isOverload(failed.response?.status);
    return { answer: describeRecord(failed), decides };
  }
  const unanswered = records.find(({ failure }) => ['broken', 'timeout'].includes(failure?.kind ?? ''));
  if (unanswered === undefined || cell.verdict !== 'inconclusive') return undefined;
  const isLate = unanswered.failure?.kind === 'timeout';
  return { answer: describeRecord(unanswered), decides: false, ...(isLate ? { isLate } : {}) };
}

/**
 * True if an attempt must be repeated; a kind that has repeated often enough in this run is not doubted. Adds what the
 * caller must end when it has repeated it to `begun`.
 */
export async function isDoubted(
  session: Session,
  { kinds, failure }: Doubts,
  begun: string[],
): Promise<boolean> {
  if (failure !== undefined) return true;
  for (const [kind, answer] of kinds) {
    const name = withAnswer(kind, answer);
    const known = async (): Promise<boolean> => {
      const isKnown = await session.known.isKnown(name, begun.length === 0);
      if (!isKnown) begun.push(name);
      return isKnown;
    };
    if (!(await session.cassette.value(`whether it is known to repeat: ${name}`, known))) return true;
  }
  return false;
}

/** True if another attempt can still show that something repeats, or that an answer was lost only once. */
export function isOpen(tries: readonly Doubts[]): boolean {
  if (kindsThatRepeat(tries).size > 0) return true;
  return tries.length > 1 && ((failsAgain(tries) && !isLateAgain(tries)) || isLostOnce(tries));
}

/**
 * True if something in front answered in the first attempt only, and all later ones agree. Gateways sometimes do so for
 * a server that is in order: a server that answers before it has read the body closes the connection on them, and a
 * firewall suspects some request. A server that rejects in HTML itself may have sent a page itself.
 */
function isLostOnce([first, ...later]: readonly Doubts[]): boolean {
  const alike = new Set(later.map(({ kinds }) => [...kinds.keys()].sort().join('\n')));
  return (
    first?.ofFront === true &&
    first.failure?.decides !== false &&
    alike.size === 1 &&
    later.every(({ failure, hasPage }) => failure === undefined && !(first.hasPage && hasPage))
  );
}

function failsAgain(tries: readonly Doubts[]): boolean {
  return tries.every(({ failure }) => failure !== undefined);
}

function isLateAgain(tries: readonly Doubts[]): boolean {
  return tries.every(({ failure }) => failure?.isLate === true);
}

/** Kinds in every attempt; a first attempt that failed, or that something in front answered, could not show them. */
function kindsThatRepeat(tries: readonly Doubts[]): ReadonlySet<string> {
  const [first, ...later] = tries;
  const couldShow = first?.failure === undefined && first?.ofFront !== true;
  const asked = couldShow ? tries : later;
  const [one, ...others] = asked;
  return new Set(
    [...(one?.kinds.keys() ?? [])].filter((kind) => others.every(({ kinds }) => kinds.has(kind))),
  );
}

/** The result of several attempts of one cell; counts them in the log of repeated requests. */
export function settle(
  session: Session,
  outcomes: readonly CellOutcome[],
  { level, watched, control, unmodified }: SettleInputs,
): CellOutcome {
  const [first, ...later] = outcomes;
  const last = outcomes.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was tried');
  if (later.length === 0) return first;
  const tries = outcomes.map((outcome) => doubtsOf(outcome, watched));
  const repeating = control === undefined ? kindsThatRepeat(tries) : new Set<string>();
  const kept = <T extends CellFinding>(all: (outcome: CellOutcome) => readonly T[]): T[] => [
    ...eachOnce(outcomes.flatMap((outcome) => all(outcome).filter(stands))),
    ...all(last).filter((finding) => !stands(finding) && repeating.has(kindOf(finding))),
  ];
  const findings = kept(({ cell }) => cell.findings);
  const [doubts] = tries;
  const own = new Set(first.cell.findings.filter((one) => !stands(one)).map(kindOf));
  const lost = [...(doubts?.kinds.keys() ?? [])].filter((kind) => !repeating.has(kind));
  const failedOnce = doubts?.failure?.decides === true && !failsAgain(tries);
  const isOnlyLost = later.length === mostRepeats && isLostOnce(tries);
  const reason =
    control ??
    (!isOnlyLost && (failedOnce || lost.some((kind) => own.has(kind)))
      ? onceThen(doubts?.failure?.answer ?? answerFor(doubts, lost), describeRecord(last.records.at(-1)))
      : undefined);
  // A target that fails on the unmodified key too is out of order; its controls show that.
  if (control === undefined) note(session, tries, { repeating, failedOnce, unmodified });
  return {
    ...last,
    cell: cellOf(last.cell, outcomes, { findings, reason, control, level, session }),
    records: outcomes.flatMap(({ records }) => records),
    observed: kept(({ observed }) => observed),
  };
}

/** How a cell is settled. */
export interface SettleInputs {
  readonly level: Level;
  /** The scenario only watches for its requirement. */
  readonly watched: boolean;
  /** Why the unmodified key is not accepted while the request is repeated; undefined if it is. */
  readonly control: Reason | undefined;
  /** The request carries the unmodified key. */
  readonly unmodified: boolean;
}

interface CellInputs extends Pick<SettleInputs, 'level' | 'control'> {
  readonly findings: readonly CellFinding[];
  readonly reason: Reason | undefined;
  readonly session: Session;
}

function cellOf(
  last: CellResult,
  outcomes: readonly CellOutcome[],
  { findings, reason, control, level, session }: CellInputs,
): CellResult {
  const exchanges = outcomes.flatMap(({ cell }) => cell.exchanges);
  const { because: _because, ...rest } = last;
  if (findings.length > 0) {
    const verdict = verdictOfFindings(findings, level, session.state.options.strict);
    return { ...rest, verdict, findings: [...findings], exchanges };
  }
  if (reason !== undefined) {
    const unrepeated = control === undefined ? ({ unrepeated: true } as const) : {};
    return { ...rest, verdict: 'inconclusive', because: reason, findings: [], ...unrepeated, exchanges };
  }
  return { ...last, exchanges };
}

function note(
  session: Session,
  tries: readonly Doubts[],
  settled: Pick<SettleInputs, 'unmodified'> & {
    readonly repeating: ReadonlySet<string>;
    readonly failedOnce: boolean;
  },
): void {
  const { repeating, failedOnce, unmodified } = settled;
  const [first, ...later] = tries;
  if (first === undefined) return;
  const answers = new Set<string>();
  for (const [kind, answer] of first.kinds) {
    session.known.count(withAnswer(kind, answer), repeating.has(kind));
    if (!repeating.has(kind)) answers.add(answer);
  }
  if (failedOnce && first.failure !== undefined) answers.add(first.failure.answer);
  const otherwise = later.filter(({ kinds, failure }) => {
    return [...first.kinds.keys()].some((kind) => !kinds.has(kind)) || (failedOnce && failure === undefined);
  });
  session.repeats.add({
    requests: later.length,
    differently: otherwise.length,
    answers: [...answers],
    unmodified,
  });
}

/** The same hole in several attempts is one finding. */
function eachOnce<T extends CellFinding>(findings: readonly T[]): T[] {
  const byText = new Map<string, T>();
  for (const finding of findings) {
    const text = `${kindOf(finding)} ${finding.message}`;
    if (!byText.has(text)) byText.set(text, finding);
  }
  return [...byText.values()];
}

function answerFor(doubts: Doubts | undefined, kinds: readonly string[]): string {
  return (kinds[0] === undefined ? undefined : doubts?.kinds.get(kinds[0])) ?? 'one answer';
}

/** The same wrong answer to two kinds of bad key has one cause, so all requirements share it. */
function withAnswer(kind: string, answer: string): string {
  return `${kind.split(' ').at(-1)} ${answer}`;
}

function kindOf({ requirement, kind }: CellFinding): string {
  return `${requirement} ${kind}`;
}

function describeFinding({ records }: CellOutcome, { exchange }: CellFinding): string {
  return describeRecord(records.find(({ id }) => id === exchange) ?? records.at(-1));
}

function describeRecord(record: ExchangeRecord | undefined): string {
  const { response, failure } = record ?? {};
  if (response === undefined) return failure?.message ?? 'no answer';
  return answerName(response);
}
