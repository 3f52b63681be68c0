import { because, type KeyRole, type Operation, type Reason } from '../../model/index.ts';
import { known } from '../matrix/operations/index.ts';
import type { Paging, Place } from '../matrix/operations/paging.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { otherProjectIds } from '../session/other-project-ids.ts';
import { notApplicable, type ProcedureFinding, procedureOutcome, withReason } from '../session/outcome.ts';
import { inSequence } from '../session/right-after.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { judge } from '../verdict/expectations.ts';
import { wrongForOwner } from './list-owner.ts';
import { entriesOf, totalOf } from './list-pages.ts';

/** A list without an end must not stop the run: this many pages are read from its start. */
const mostPages = 20;
/** If the list is longer and says its length, this many pages are read from its end too. */
const lastPages = 10;

/** Reads lists to their end with a key of another project: no page may contain anything of the first project. */
export function listsOfOwnProject(context: CellContext): Promise<CellOutcome[]> {
  return Promise.all(context.planned.operations.map((operation) => readAll(context, operation)));
}

/** What was read of one list so far, and why no more. */
interface Reading {
  readonly context: CellContext;
  readonly operation: Operation;
  readonly paging: Paging;
  readonly sent: SentRequest[];
  readonly found: ProcedureFinding[];
  readonly seen: Set<string>;
  size: number;
  total?: number;
  undecided?: Reason;
  /** Why pages were skipped. */
  gap?: Reason;
}

async function readAll(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const blocked = blockedReason(context.session, context.planned, operation);
  const paging = known(operation)?.paging;
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  if (paging === undefined) {
    return procedureOutcome(context, operation, [], [], because('list-unknown'));
  }
  const reading: Reading = {
    context,
    operation,
    paging,
    sent: [],
    found: [],
    seen: new Set(),
    size: paging.sizes[0] ?? 1,
  };
  try {
    const perPage = await readFirst(reading);
    if (perPage > 0) await readOn(reading, perPage);
  } catch (error) {
    return notApplicable(context, operation, reading.sent, error);
  }
  const { found, sent, undecided, gap } = reading;
  const outcome = procedureOutcome(context, operation, found, sent, undecided);
  return found.length > 0 || undecided !== undefined || gap === undefined
    ? outcome
    : withReason(outcome, gap);
}

/**
 * Reads the first page with a size that the target accepts, and returns the number of entries. The owner asks for the
 * same page right before and right after.
 */
async function readFirst(reading: Reading): Promise<number> {
  let [before, answer] = await askAfterOwner(reading);
  for (const size of reading.paging.sizes.slice(1)) {
    if (statusOf(answer) !== 400) break;
    reading.size = size;
    [before, answer] = await askAfterOwner(reading);
  }
  const after = await askAgain(reading, answer);
  const news = take(reading, answer);
  reading.found.push(...(await wrongTwice(reading, before, after)));
  const status = statusOf(answer) ?? 0;
  if (status >= 300) {
    // A request that says more than the document describes may be rejected for that.
    if (reading.context.planned.scenario.present === undefined)
      doubt(reading, because('list-refused', { status }));
  } else if (entriesOf(answer) === undefined) doubt(reading, because('list-missing'));
  else if (news === 0) checkEnd(reading, answer);
  return news;
}

/** The owner, then the key of the scenario, ask for the first page. */
async function askAfterOwner(reading: Reading): Promise<[before: SentRequest, answer: SentRequest]> {
  const first = { page: 1, after: 0, size: reading.size };
  const before = await ask(reading, first, { role: 'write' });
  return [before, await ask(reading, first, { before })];
}

/** The owner asks for the first page right after another key did. */
function askAgain(reading: Reading, before: SentRequest): Promise<SentRequest> {
  return ask(reading, { page: 1, after: 0, size: reading.size }, { role: 'write', before });
}

/** What is wrong in the owner's list. It must appear twice if somebody else could have caused it. */
async function wrongTwice(
  reading: Reading,
  before: SentRequest,
  after: SentRequest,
): Promise<ProcedureFinding[]> {
  const { session } = reading.context;
  const found = wrongForOwner(session, before, after);
  if (found.every(({ kind }) => kind === 'leak')) return found;
  const [again, answer] = await askAfterOwner(reading);
  return wrongForOwner(session, again, await askAgain(reading, answer));
}

async function readOn(reading: Reading, perPage: number): Promise<void> {
  for (let page = 2; !isOver(reading); page += 1) {
    if (page > mostPages) return readEnd(reading, perPage);
    const answer = await ask(reading, { size: reading.size, page, after: reading.seen.size });
    if (take(reading, answer) === 0) return checkEnd(reading, answer);
  }
}

/** Whether the list is known to end, if a page showed nothing new. */
function checkEnd(reading: Reading, answer: SentRequest): void {
  const { total, seen } = reading;
  const status = statusOf(answer) ?? 0;
  if (total !== undefined && total > seen.size) {
    const { session } = reading.context;
    const { variable } = keyOf(session, {}, roleOf(reading));
    doubt(
      reading,
      because('list-shorter-than-told', {
        operation: reading.operation.id,
        key: variable,
        total,
        seen: seen.size,
      }),
    );
  } else if (total === undefined && status >= 300 && status !== 404) {
    doubt(reading, because('list-end-unseen', { status, seen: seen.size }));
  }
}

/** Reads the last pages of a list that is too long to read completely, and one page after them. */
async function readEnd(reading: Reading, perPage: number): Promise<void> {
  const { seen, size } = reading;
  const read = seen.size;
  const pages = Math.ceil((reading.total ?? 0) / perPage);
  if (pages < mostPages) {
    return doubt(reading, because('list-too-long', { seen: read }));
  }
  const skipped = Math.max(mostPages, pages - lastPages);
  for (let page = skipped + 1; page <= pages && !isOver(reading); page += 1) {
    const answer = await ask(reading, { size, page, after: (page - 1) * perPage });
    if (take(reading, answer) === 0) doubt(reading, because('list-page-empty', { page, pages }));
  }
  if (isOver(reading)) return;
  const beyond = await ask(reading, { size, page: pages + 1, after: pages * perPage });
  const { total } = reading;
  if (take(reading, beyond) > 0) doubt(reading, because('list-goes-on', { total: total ?? 0 }));
  if (skipped > mostPages) {
    reading.gap = because('list-middle-skipped', { total: total ?? 0, first: read, last: seen.size - read });
  }
}

/** Says why the result is undecided, unless there is a finding or an earlier reason. */
function doubt(reading: Reading, reason: Reason): void {
  if (!isOver(reading)) reading.undecided = reason;
}

function isOver({ found, undecided }: Reading): boolean {
  return found.length > 0 || undecided !== undefined;
}

/** Judges an answer and returns how many new entries it has. */
function take(reading: Reading, answer: SentRequest): number {
  const { context, operation, found, seen } = reading;
  const { requirement, scenario } = context.planned;
  const judgement = judge(scenario.expect, {
    requirement: requirement.id,
    exchange: answer.exchange,
    operation,
    succeeds: answer.succeeds,
    otherProjectIds: unnamedIds(otherProjectIds(context.session.state), answer),
  });
  if (judgement.undecided !== undefined) reading.undecided = judgement.undecided;
  found.push(
    ...judgement.findings.map(({ kind, message, tells }) => ({ kind, message, tells, sent: answer })),
  );
  const total = totalOf(answer);
  if (total !== undefined) reading.total = total;
  const news = (entriesOf(answer) ?? []).filter((entry) => !seen.has(entry));
  for (const entry of news) seen.add(entry);
  return news.length;
}

/** Links to other pages may repeat what a request names. */
function unnamedIds(ids: readonly string[], { exchange: { request } }: SentRequest): readonly string[] {
  const fields = request.headers.map(([, value]) => value);
  const said = [request.url, request.body ?? '', ...fields].join('\n');
  return ids.filter((id) => !said.includes(id));
}

/** The key that reads the list. */
function roleOf({ context }: Reading): KeyRole {
  const { key } = context.planned.scenario;
  return key === undefined || key === 'none' ? 'write' : key;
}

/** Who asks, if it is not the key of the scenario, and what was sent right before. */
interface ListRequest {
  readonly role?: KeyRole;
  readonly before?: SentRequest;
}

async function ask(reading: Reading, place: Place, { role, before }: ListRequest = {}): Promise<SentRequest> {
  const { context, operation, paging, sent } = reading;
  const { session, planned } = context;
  const { scenario } = planned;
  const { query, body } = paging.at(place);
  const own = await send(session, {
    operation,
    key: keyOf(session, {}, role ?? roleOf(reading)),
    variant: 'valid',
    scenario: { id: planned.id, title: scenario.title },
    present: role === undefined ? scenario.present : undefined,
    parts: { path: operation.path, query, body, succeeds: true },
  });
  const answer = before === undefined ? own : inSequence(before, own);
  sent.push(answer);
  return answer;
}
