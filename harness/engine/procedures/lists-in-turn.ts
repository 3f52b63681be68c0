import { because, type Operation } from '../../model/index.ts';
import { known } from '../matrix/operations/index.ts';
import type { Paging } from '../matrix/operations/paging.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { idsIn, otherProjectIds } from '../session/other-project-ids.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';

/** How often each of the two projects asks for the same page, in turn. */
const turns = 6;

/**
 * Two projects ask for the same list in turn, then at the same time: each answer must belong to the project that asked.
 */
export async function listsInTurn(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await askInTurn(context, operation));
  return outcomes;
}

async function askInTurn(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const paging = known(operation)?.paging;
  const blocked =
    blockedReason(session, planned, operation) ??
    (paging === undefined ? because('list-unknown') : undefined);
  if (blocked !== undefined || paging === undefined) {
    return procedureOutcome(context, operation, [], [], blocked);
  }
  const owner = await ofOwner(context, operation, paging);
  const other = asker(context, operation, paging, owner.size, 'other');
  const sent: SentRequest[] = [];
  const found: ProcedureFinding[] = [];
  const take = ({ who, answer }: ListAnswer): void => {
    sent.push(answer);
    found.push(...strangeIn(context, who, answer));
  };
  take(owner.first);
  for (let turn = 0; turn < turns && found.length === 0; turn += 1) {
    take(await other());
    take(await owner.ask());
  }
  if (found.length === 0) {
    const asked = await Promise.all([owner.ask(), other(), owner.ask(), other()]);
    asked.forEach(take);
  }
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  const refused = sent.map((one) => statusOf(one) ?? 0).find((status) => status >= 300);
  const undecided =
    silent === undefined
      ? refused === undefined
        ? undefined
        : because('list-refused', { status: refused })
      : unanswered(silent);
  return procedureOutcome(context, operation, found, sent, undecided);
}

interface ListAnswer {
  readonly who: 'owner' | 'other';
  readonly answer: SentRequest;
}

/** Asks as the owner with a page size that the target accepts. */
async function ofOwner(context: CellContext, operation: Operation, paging: Paging) {
  const [size = 1, ...smaller] = paging.sizes;
  let chosen = size;
  let first = await asker(context, operation, paging, size, 'owner')();
  for (const next of smaller) {
    if (statusOf(first.answer) !== 400) break;
    chosen = next;
    first = await asker(context, operation, paging, next, 'owner')();
  }
  return { size: chosen, first, ask: asker(context, operation, paging, chosen, 'owner') };
}

function asker(
  { session, planned }: CellContext,
  operation: Operation,
  paging: Paging,
  size: number,
  who: ListAnswer['who'],
): () => Promise<ListAnswer> {
  const { id, scenario } = planned;
  const { key: role = 'other-project-write' } = scenario;
  const { query, body } = paging.at({ page: 1, after: 0, size });
  const key = keyOf(session, {}, who === 'owner' || role === 'none' ? 'write' : role);
  return async () => ({
    who,
    answer: await send(session, {
      operation,
      key,
      variant: 'valid',
      scenario: { id, title: scenario.title },
      parts: { path: operation.path, query, body, succeeds: true },
    }),
  });
}

/** What an answer shows of the project that did not ask. */
function strangeIn(
  { session }: CellContext,
  who: ListAnswer['who'],
  answer: SentRequest,
): ProcedureFinding[] {
  const { otherProject } = session.state;
  const ids = who === 'owner' ? idsIn(otherProject) : otherProjectIds(session.state);
  const body = answer.exchange.response?.body ?? '';
  const strange = ids.find((one) => body.includes(one));
  if (strange === undefined) return [];
  const whose = who === 'owner' ? 'the other project' : 'this project';
  const message = `two projects asked in turn, and the list for the ${who === 'owner' ? 'write key of this one' : 'key of the other one'} shows ${strange}, which belongs to ${whose}`;
  return [{ kind: 'leak', message, sent: answer }];
}
