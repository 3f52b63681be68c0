import { defined } from '../../model/defined.ts';
import { because, isAccepted, type Key, type Operation } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { makeWriteKey } from './made-key.ts';

/** Uses a key, then sends the cookies of the answer: alone, or together with the key that the scenario names. */
export function cookieLetsNobodyIn(context: CellContext): Promise<CellOutcome[]> {
  const { keys } = context.session.state.target;
  const { key } = context.planned.scenario;
  const beside = key === undefined || key === 'none' ? undefined : keys[key as keyof typeof keys];
  return onEach(context, async (operation) => {
    const first = await use(context, operation, keys.write);
    return [first, ...(await sendCookie(context, operation, first, beside))];
  });
}

/** The same with a key that is regenerated in between: the cookie alone, and together with the old key. */
export function cookieOutlivesNoKey(context: CellContext): Promise<CellOutcome[]> {
  return onEach(context, async (operation) => {
    const { session } = context;
    const { id, key: old, control } = await makeWriteKey(session, 'write key created a moment ago');
    const first = await use(context, operation, old);
    if (cookiesOf(first) === undefined) return [first];
    session.redactor.add((await control.regenerateKey(id)).key);
    return [
      first,
      ...(await sendCookie(context, operation, first, undefined)),
      ...(await sendCookie(context, operation, first, old)),
    ];
  });
}

type Try = (operation: Operation) => Promise<readonly SentRequest[]>;

/** The first request of an attempt must be accepted; each later one that is accepted is a finding. */
async function onEach(context: CellContext, attempt: Try): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) {
    const blocked = blockedReason(context.session, context.planned, operation);
    try {
      const sent = blocked === undefined ? await attempt(operation) : [];
      const found = sent.slice(1).flatMap(findingsOf);
      const silent = sent.find(({ exchange }) => exchange.response === undefined);
      const silence = silent && because('no-answer', { message: silent.exchange.failure?.message });
      const undecided = blocked ?? silence;
      outcomes.push(procedureOutcome(context, operation, found, sent, undecided));
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      outcomes.push(procedureOutcome(context, operation, [], [], error.because));
    }
  }
  return outcomes;
}

function findingsOf(sent: SentRequest): ProcedureFinding[] {
  const status = statusOf(sent);
  if (!isAccepted(status)) return [];
  const { description } = sent.exchange.credential;
  return [{ kind: 'let-in', message: `401 was expected; the ${description} gets ${status}, accepted`, sent }];
}

function use(context: CellContext, operation: Operation, key: Key | undefined): Promise<SentRequest> {
  return send(context.session, { operation, key, variant: 'repeatable' });
}

async function sendCookie(
  context: CellContext,
  operation: Operation,
  first: SentRequest,
  beside: Key | undefined,
): Promise<SentRequest[]> {
  const { session, planned } = context;
  const value = cookiesOf(first);
  if (value === undefined) return [];
  session.redactor.add(value);
  const description = `cookie that an answer set${beside === undefined ? '' : ' and a revoked key'}`;
  const headers = { Cookie: '{key}', ...(beside === undefined ? {} : { Authorization: 'Bearer {second}' }) };
  const spec = {
    operation,
    key: { value, variable: 'COOKIE', description },
    variant: 'repeatable',
    present: { headers },
    scenario: { id: planned.id, title: planned.scenario.title },
    ...defined({ second: beside }),
  } as const;
  return [await send(session, spec)];
}

/** The cookies of an answer as a browser would send them; undefined if there are none. */
function cookiesOf({ exchange: { response } }: SentRequest): string | undefined {
  const set = (response?.headers ?? []).filter(([name]) => name.toLowerCase() === 'set-cookie');
  const pairs = set.map(([, value]) => value.split(';')[0]?.trim() ?? '').filter((pair) => /=./.test(pair));
  return pairs.length === 0 ? undefined : pairs.join('; ');
}
