import { because, isSuccess, type Key, type Operation, type Reason } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome } from '../session/outcome.ts';
import { type SentRequest, send } from '../session/send.ts';
import { makeWriteKey } from './made-key.ts';

const rounds = 3;

/** Regenerates one key twice at the same time: afterwards exactly one of the returned keys must be active. */
export async function oneKeySurvives(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) {
    const found: ProcedureFinding[] = [];
    const sent: SentRequest[] = [];
    let undecided: Reason | undefined;
    for (let round = 0; round < rounds && found.length === 0; round += 1) {
      try {
        found.push(...(await race(context, operation, sent)));
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        undecided = error.because;
      }
    }
    outcomes.push(procedureOutcome(context, operation, found, sent, undecided));
  }
  return outcomes;
}

/** A regeneration without an answer, or with a server error, may have been carried out; a rejected one was not. */
function isLost(answer: PromiseSettledResult<unknown>): boolean {
  if (answer.status === 'fulfilled') return false;
  const status = answer.reason instanceof ControlError ? Number(answer.reason.code) : Number.NaN;
  return !(status >= 400 && status < 500);
}

async function race(
  context: CellContext,
  operation: Operation,
  all: SentRequest[],
): Promise<ProcedureFinding[]> {
  const { session } = context;
  const {
    id,
    key: old,
    control,
  } = await makeWriteKey(session, 'write key that was regenerated twice at once');
  const answers = await Promise.allSettled([control.regenerateKey(id), control.regenerateKey(id)]);
  const values = new Set(
    answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.key] : [])),
  );
  if (values.size === 0) throw new ControlError(because('both-regenerations-refused'));
  const description = 'write key that one of the two regenerations returned';
  const made = [...values].map((value): Key => {
    session.redactor.add(value);
    return { value, variable: 'NEW_KEY', description };
  });
  const keys = [old, ...made];
  const sent = await Promise.all(keys.map((key) => send(session, { operation, key, variant: 'repeatable' })));
  all.push(...sent);
  await control.revokeKey(id).catch(() => undefined);
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  if (silent !== undefined) {
    throw new ControlError(because('no-answer', { message: silent.exchange.failure?.message }));
  }
  const statuses = sent.map(({ exchange }) => exchange.response?.status ?? 0);
  const unclear = statuses.find((status) => status !== 401 && !isSuccess(status));
  if (unclear !== undefined) {
    throw new ControlError(because('regenerated-key-answered', { status: unclear }));
  }
  const alive = statuses.map((status) => status !== 401);
  const [oldLives, ...fresh] = alive;
  const found: ProcedureFinding[] = [];
  if (oldLives === true)
    found.push({ kind: 'let-in', message: 'the old key still works after two regenerations' });
  const living = fresh.filter(Boolean).length;
  // The active key may be the one with the lost answer.
  if (living === 0 && answers.some(isLost)) {
    throw new ControlError(because('regeneration-answer-lost'));
  }
  if (living !== 1) {
    const kind = living > 1 ? 'let-in' : 'shut-out';
    const message = `${living} of the keys that two simultaneous regenerations returned work; exactly 1 must`;
    found.push({ kind, message });
  }
  return found.map((entry) => ({ ...entry, ...(sent[0] === undefined ? {} : { sent: sent[0] }) }));
}
