import { because, type Operation } from '../../model/index.ts';
import { allOf, type RepeatedRequest } from './repeat.ts';
import { type SentRequest, statusOf } from './send.ts';
import type { Session } from './session.ts';
import type { OperationState } from './session-state.ts';
import { ask, type ComparedRequest, compareWithUnknown, isSameNotFound } from './unknown-path.ts';

/** Statuses that do not show whether an operation exists: no key, no such path, no such method. */
const saysNothing = [401, 403, 404, 405, 501];

/** The first answer in everything sent so far that only an existing operation gives. */
export function provingAnswer(
  operation: Operation,
  sent: readonly RepeatedRequest[],
): SentRequest | undefined {
  return sent
    .flatMap(allOf)
    .filter(({ exchange }) => exchange.operation === operation.id)
    .find((one) => {
      const status = statusOf(one) ?? 0;
      const isNoAnswer = status === 429 || status >= 500 || (status >= 300 && status < 400) || status === 0;
      return !isNoAnswer && !saysNothing.includes(status);
    });
}

/**
 * An operation that seems to be missing is tried with no key, a read key, the write key and a forged key, with valid
 * and with invalid bodies. It exists if a single answer differs from that of a path that does not exist.
 */
export async function isThere(session: Session, operation: Operation): Promise<boolean> {
  const answers: SentRequest[] = [];
  let differs = false;
  for (const asked of attempts(session, operation)) {
    const { answer, isAlike } = await compareWithUnknown(session, operation, asked);
    answers.push(answer);
    differs ||= !isAlike;
    if (!isAlike && statusOf(answer) !== 404) return true;
  }
  return differs && !(await isMissingForEverybody(session, operation, answers));
}

/** True if all of these answers are the same 404. A front end that blocks an operation answers like that too. */
export async function isMissingForEverybody(
  session: Session,
  operation: Operation,
  answers: readonly SentRequest[],
): Promise<boolean> {
  const [first] = answers;
  if (first === undefined) return false;
  const again = await ask(session, operation, { key: undefined, variant: 'valid' });
  return answers.every((answer) => isSameNotFound(answer, first, again));
}

/** Every credential with every kind of body that may reveal an operation, as far as the mode lets valid keys write. */
export function attempts(session: Session, operation: Operation): ComparedRequest[] {
  const { read, write } = session.state.target.keys;
  const mayWrite = session.state.options.mode === 'full' || operation.permission === 'read';
  const credentials: ComparedRequest[] = [
    { key: undefined, variant: 'valid' },
    ...(read === undefined ? [] : [{ key: read, variant: 'valid' as const }]),
    ...(write === undefined ? [] : [{ key: write, forge: forgery, variant: 'valid' as const }]),
    ...(write === undefined || !mayWrite ? [] : [{ key: write, variant: 'repeatable' as const }]),
  ];
  const invalid = operation.takesBody
    ? credentials.map((one) => ({ ...one, variant: 'invalid' as const }))
    : [];
  return [...credentials, ...invalid];
}

/** One forgery represents all: its signature does not verify. */
export const forgery = { sign: { bytes: 'flip-first-bit' } } as const;

/** An operation that is claimed absent has no answers to judge; but earlier use of it is remembered. */
export function claimed(operation: Operation, sent: readonly RepeatedRequest[]): OperationState {
  const answer = provingAnswer(operation, sent);
  const note = because('claimed-absent', { status: answer && statusOf(answer) });
  if (answer === undefined) return { operation, availability: 'absent', claimedAbsent: true, note };
  return { operation, availability: 'available', claimedAbsent: true, note };
}
