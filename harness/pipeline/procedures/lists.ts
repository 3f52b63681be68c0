import type { Operation } from '../../model.ts';
import { judge } from '../../verdict/expectations.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../cell.ts';
import { foreignIds } from '../foreign.ts';
import { type Sent, send } from '../send.ts';
import { keyOf } from '../tools.ts';
import { type Found, procedureOutcome } from './outcome.ts';

const pageSize = 100;
/** A list that never ends must not hold up the run: 2,000 entries are looked at. */
const mostPages = 20;

/** Where each list continues: the page that comes next, after so many entries. */
const pages: Readonly<Record<string, (page: number, after: number) => { query?: string; body?: object }>> = {
  'GET /v1/events': (page) => ({ query: String(page) }),
  'POST /v1/users/fetch': (_page, after) => ({ body: { limit: pageSize, offset: after } }),
};

/** Reads lists to their end with a key of another project: what belongs to the first one is on none of the pages. */
export function listsHoldNothingForeign(context: CellContext): Promise<CellOutcome[]> {
  return Promise.all(context.planned.operations.map((operation) => readAll(context, operation)));
}

async function readAll(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const { requirement, scenario } = planned;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const sent: Sent[] = [];
  const found: Found[] = [];
  const seen = new Set<string>();
  let undecided: string | undefined;
  for (let page = 1; page <= mostPages && found.length === 0 && undecided === undefined; page += 1) {
    const answer = await ask(context, operation, page, seen.size);
    sent.push(answer);
    const judgement = judge(scenario.expect, {
      requirement: requirement.id,
      exchange: answer.exchange,
      operation,
      succeeds: answer.succeeds,
      foreignIds: foreignIds(session.state),
    });
    undecided = judgement.undecided;
    found.push(...judgement.findings.map(({ kind, message }) => ({ kind, message, sent: answer })));
    const news = entriesOf(answer).filter((entry) => !seen.has(entry));
    if (news.length === 0) break;
    for (const entry of news) seen.add(entry);
  }
  return procedureOutcome(context, operation, found, sent, undecided);
}

function ask(context: CellContext, operation: Operation, page: number, after: number): Promise<Sent> {
  const { session, planned } = context;
  const { scenario } = planned;
  const key = keyOf(
    session,
    {},
    scenario.key === undefined || scenario.key === 'none' ? 'write' : scenario.key,
  );
  const where = pages[operation.id]?.(page, after) ?? {};
  return send(session, {
    operation,
    key,
    variant: 'valid',
    scenario: { id: planned.id, title: scenario.title },
    parts: {
      path: operation.path,
      query:
        where.query === undefined
          ? []
          : [
              ['page', where.query],
              ['limit', String(pageSize)],
            ],
      body: where.body === undefined ? undefined : { ...where.body },
      succeeds: true,
    },
  });
}

/** The entries of the list that an answer holds, as text; none where it holds none. */
function entriesOf({ exchange: { response } }: Sent): string[] {
  if (response === undefined || response.status >= 300) return [];
  try {
    const value: unknown = JSON.parse(response.body);
    const members = Array.isArray(value) ? [value] : Object.values(value as object);
    const list: unknown[] = members.find((member) => Array.isArray(member)) ?? [];
    return list.map((entry) => JSON.stringify(entry));
  } catch {
    return [];
  }
}
