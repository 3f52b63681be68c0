import { defined } from '../../model/defined.ts';
import { because, type Forgery, type Key, type Operation, type Reason } from '../../model/index.ts';
import { inTheClearOf } from '../configuration/addresses.ts';
import { isOnLoopback } from '../configuration/plain-http.ts';
import { prepareKeys } from '../key-control/preparations.ts';
import { ControlError } from '../key-control/protocol.ts';
import { selectOperations } from '../matrix/selectors.ts';
import { describeFailure } from '../probe/failure.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, withReason } from '../session/outcome.ts';
import { type SendSpec, type SentRequest, send } from '../session/send.ts';
import { keyOf, type Session } from '../session/session.ts';
import { SuiteFault } from '../verdict/judgement.ts';

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Has the form of a key, but was never issued, so it does not matter who can read it on plain HTTP. */
export const madeUpKey: Forgery & { readonly literal: string } = {
  literal: [
    segment({ alg: 'EdDSA', typ: 'JWT' }),
    segment({ sub: 'invented by mufi-auth-conformance' }),
    Buffer.alloc(64, 'conformance').toString('base64url'),
  ].join('.'),
};

/** The plain HTTP address of a scenario. */
function plainUrl({ session, planned }: CellContext): string {
  const { baseUrl, target } = session.state;
  if (planned.scenario.toHttpsPort !== true) return target.httpUrl ?? '';
  return inTheClearOf(baseUrl);
}

interface PortState {
  /** Why nobody answers there, which is the best result. */
  readonly silent?: Reason;
  readonly undecided?: Reason;
}

/** Checks whether anybody answers; once for all scenarios of a process, because a firewall may cause a long wait. */
function lookAt(session: Session, url: string): Promise<PortState> {
  const name = `plain HTTP at ${url}`;
  const looked = (session.shared.get(name) as Promise<PortState> | undefined) ?? connectTo(session, url);
  session.shared.set(name, looked);
  return looked;
}

async function connectTo({ prober, state }: Session, url: string): Promise<PortState> {
  try {
    (await prober.connect(url)).close();
  } catch (error) {
    const { kind, message } = describeFailure(error, state.target.timeoutMs);
    const refused = kind === 'timeout' || /ECONNREFUSED|ECONNRESET/.test(String(error));
    return refused
      ? { silent: because('nobody-answers', { url, message }) }
      : { undecided: because('address-not-tried', { url, message }) };
  }
  // If the first request times out, every other one would too.
  const headers = [['Authorization', `Bearer ${madeUpKey.literal}`]] as const;
  const label = {
    variant: 'repeatable',
    credential: { description: 'a made-up key' },
    presented: [],
  } as const;
  const operations = state.operations.map(({ operation }) => operation);
  const [read] = selectOperations('one read operation', operations);
  const { failure } = await prober.send({ method: 'GET', url: `${url}${read?.path ?? '/'}`, headers }, label);
  if (failure?.kind !== 'timeout') return {};
  return { silent: because('nobody-answers', { url, message: failure.message }) };
}

/** Sends over plain HTTP, or over HTTPS with `secure`. */
export type Sender = (spec: Partial<SendSpec>, secure?: 'secure') => Promise<SentRequest>;

/** The result of an attempt on one operation. */
export interface AttemptResult {
  readonly found: readonly ProcedureFinding[];
  readonly sent: readonly SentRequest[];
  readonly undecided?: Reason | undefined;
}

/**
 * Tries every operation over plain HTTP. Another program than the API may answer there, so the answers are not checked
 * against the document.
 */
export async function inTheClear(
  context: CellContext,
  attempt: (operation: Operation, sendIt: Sender, url: string) => Promise<AttemptResult>,
): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const url = plainUrl(context);
  const { silent, undecided } = await lookAt(session, url);
  return Promise.all(
    planned.operations.map(async (operation) => {
      const blocked = undecided ?? blockedReason(session, planned, operation);
      if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
      if (silent !== undefined) return withReason(procedureOutcome(context, operation, [], []), silent);
      const sendIt: Sender = (spec, secure) =>
        send(session, {
          operation,
          key: undefined,
          variant: 'repeatable',
          scenario: { id: planned.id, title: 'a made-up key' },
          ...(secure === undefined ? { baseUrl: url } : {}),
          ...spec,
        });
      const tried = await attempt(operation, sendIt, url);
      const outcome = procedureOutcome(context, operation, tried.found, tried.sent, tried.undecided);
      return { ...outcome, observed: [] };
    }),
  );
}

/**
 * Provides an active write key that others may read on the way: one that is created for this and revoked afterwards or,
 * if nothing leaves this machine, the supplied one.
 */
export async function withExpendableKey(
  context: CellContext,
  work: (key: Key) => Promise<CellOutcome[]>,
): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const { control, state } = session;
  if (control === undefined) {
    if (!isOnLoopback(state.baseUrl, state.target.httpUrl))
      throw new SuiteFault(`${planned.id} has no key that may be sent unencrypted`);
    return work(keyOf(session, {}, 'write'));
  }
  const { projectId } = state;
  let key: Key;
  try {
    const keyMade = (value: string): void => session.redactor.add(value);
    const tools = { control, keyMade, ...defined({ projectId }) };
    key = (await prepareKeys('fresh write key', tools)).prepared;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const { because: reason } = error;
    return planned.operations.map((operation) => procedureOutcome(context, operation, [], [], reason));
  }
  let outcomes: CellOutcome[] = [];
  try {
    outcomes = await work(key);
  } finally {
    const id = key.controlId ?? '';
    await control.revokeKey(id).catch((error: unknown) => {
      if (!(error instanceof ControlError)) throw error;
      const reason = because('revoke-by-hand', { because: error.because, id });
      outcomes = outcomes.map((one) =>
        one.cell.findings.length > 0 ? one : withReason(one, reason, 'inconclusive'),
      );
    });
  }
  return outcomes;
}
