import type { Forgery, Key, Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send } from '../session/send.ts';
import { collectFields } from '../session/unknown-path.ts';

interface BadKey {
  readonly name: string;
  readonly key: Key | undefined;
  readonly forge?: Forgery;
}

/**
 * Sends different bad keys and compares the answers: a difference tells an attacker how close a guess is. Parts that
 * differ between identical requests (times, request ids) are not compared.
 */
export function answeredAlike(context: CellContext): Promise<CellOutcome[]> {
  return Promise.all(context.planned.operations.map((operation) => compare(context, operation)));
}

async function compare(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const { write, revoked } = session.state.target.keys;
  const bad: BadKey[] = [
    { name: 'a key with a flipped signature bit', key: write, forge: { sign: { bytes: 'flip-first-bit' } } },
    { name: 'a key signed by another issuer', key: write, forge: { sign: 'stranger' } },
    { name: 'a text that is not a JWT', key: undefined, forge: { literal: 'not-a-key' } },
    ...(revoked === undefined ? [] : [{ name: 'a revoked key', key: revoked }]),
  ];
  const sendBad = ({ key, forge }: BadKey): Promise<SentRequest> =>
    send(session, { operation, key, forge, variant: 'valid', scenario: label(context) });
  const [first, ...others] = bad;
  if (first === undefined) return procedureOutcome(context, operation, [], []);
  const reference = await sendBad(first);
  const again = await sendBad(first);
  const rest = await Promise.all(others.map(async (entry) => ({ entry, sent: await sendBad(entry) })));
  // Once more at the end: two requests may have the same time in seconds, and the next another one.
  const last = await sendBad(first);
  const sent = [reference, again, ...rest.map((item) => item.sent), last];
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  if (silent !== undefined) {
    return procedureOutcome(context, operation, [], sent, unanswered(silent));
  }
  const volatile = new Set([again, last].flatMap((one) => [...differing(fields(reference), fields(one))]));
  const found = rest.flatMap(({ entry, sent: answer }): ProcedureFinding[] => {
    const different = [...differing(fields(reference), fields(answer))].filter((name) => !volatile.has(name));
    if (different.length === 0) return [];
    const message = `${entry.name} gets another answer than ${first.name}; what differs: ${different.slice(0, 3).join(', ')}`;
    return [{ kind: 'inconsistent', message, sent: answer }];
  });
  return procedureOutcome(context, operation, found, sent);
}

function label(context: CellContext): { id: string; title: string } {
  return { id: context.planned.id, title: 'made bad' };
}

/** The parts of an answer that are compared: status, challenge, content type and each member of the body. */
function fields(sent: SentRequest): Map<string, string> {
  const { response } = sent.exchange;
  const result = new Map<string, string>([['status', String(response?.status)]]);
  for (const [name, value] of response?.headers ?? []) {
    if (/^(www-authenticate|content-type)$/i.test(name)) result.set(name.toLowerCase(), value);
  }
  let body: unknown;
  try {
    body = JSON.parse(response?.body ?? '');
  } catch {
    body = response?.body;
  }
  collectFields(body, 'body', result);
  return result;
}

function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Set<string> {
  const names = new Set([...one.keys(), ...other.keys()]);
  return new Set([...names].filter((name) => one.get(name) !== other.get(name)));
}
