import {
  type Operation,
  type Permission,
  type Reason,
  type SuppliedRole,
  withTexts,
} from '../../model/index.ts';
import { algorithmOf, parseKey } from '../credentials/parsed-key.ts';
import { ControlError, type Description } from '../key-control/protocol.ts';
import { growsByIt, unknownThings } from '../matrix/requests.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { openSession, type Session } from '../session/session.ts';
import { checkReachable, unseenState } from './index.ts';
import type { PreflightInputs } from './inputs.ts';

/** The result of one request with a key, and the claims of the key; never the key. */
export interface ExaminedKey {
  readonly role: SuppliedRole;
  readonly variable: string;
  /** The operation that it was sent to, and the permission that this needs. */
  readonly operation: string;
  readonly asked: Permission;
  /** Undefined if there was no answer, for the reason in `failure`. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly says: {
    readonly permission: string | undefined;
    readonly project: string | undefined;
    readonly algorithm: string | undefined;
    /** Unix seconds. */
    readonly expires: number | undefined;
  };
}

/** The answer of one read operation to the read key. */
export interface ExaminedOperation {
  readonly id: string;
  readonly status: number | undefined;
  readonly failure: string | undefined;
  /** It names objects that only a run creates, so 404 means nothing. */
  readonly namesThings: boolean;
}

/** The self-description of key control, or why there is none. */
export type ExaminedControl =
  | Pick<Description, 'implementation' | 'features'>
  /** `status`: the status of an answer that is not a success. */
  | { readonly because: Reason; readonly status: string | undefined };

/** What a few requests before a run show of a target; everything in it is redacted. */
export interface Examination {
  /** Why the target cannot be reached; if set, nothing else was sent. */
  readonly unreachable: Reason | undefined;
  readonly keys: readonly ExaminedKey[];
  readonly operations: readonly ExaminedOperation[];
  /** Undefined if there is none, or if the mode does not use it. */
  readonly control: ExaminedControl | undefined;
  readonly slowestMs: number;
  readonly requests: number;
}

/** Keys that must work; each is tested for its permission. */
const working: readonly SuppliedRole[] = [
  'write',
  'read',
  'long-lived',
  'other-project-write',
  'other-project-read',
];

/**
 * Sends one request with each key and asks key control once. If the mode allows it, keys that must work go to a write
 * operation with a body that fails validation: the answer shows whether the key works and what it may do.
 */
export async function examineTarget(
  inputs: PreflightInputs,
  secrets: readonly string[],
): Promise<Examination> {
  const session = await openSession(unseenState(inputs));
  for (const secret of secrets) session.redactor.add(secret);
  try {
    const unreachable = await checkReachable(session, [undefined]);
    if (unreachable !== undefined) return nothingSeen(session, unreachable);
    const { keys } = inputs.target;
    const roles = Object.keys(keys) as SuppliedRole[];
    const [examined, operations, control] = await Promise.all([
      Promise.all(roles.map((role) => examineKey(session, role))),
      Promise.all(readsOf(session).map((operation) => examineOperation(session, operation))),
      examineControl(session),
    ]);
    const found = [...examined, ...operations];
    return {
      unreachable: undefined,
      keys: examined.map(({ durationMs: _, ...key }) => key),
      operations: operations.map(({ durationMs: _, ...operation }) => operation),
      control,
      slowestMs: Math.max(...found.map(({ durationMs }) => durationMs)),
      requests: session.prober.requests,
    };
  } finally {
    await session.close();
  }
}

function nothingSeen(session: Session, unreachable: Reason): Examination {
  return {
    unreachable: withTexts(unreachable, session.redactor.redact),
    keys: [],
    operations: [],
    control: undefined,
    slowestMs: 0,
    requests: session.prober.requests,
  };
}

/** The operations that the target should have. */
function claimedOf({ state }: Session): Operation[] {
  return state.operations
    .map(({ operation }) => operation)
    .filter(({ id }) => !state.target.without?.includes(id));
}

function readsOf(session: Session): Operation[] {
  return claimedOf(session).filter(({ permission }) => permission === 'read');
}

async function examineKey(session: Session, role: SuppliedRole) {
  const { state, redactor } = session;
  const key = state.target.keys[role];
  if (key === undefined) throw new Error(`there is no ${role} key`);
  const operation = operationFor(session, role);
  const sent = await send(session, { operation, key, variant: 'repeatable' });
  const parsed = parseKey(key);
  const { payload } = parsed;
  const text = (...names: string[]): string | undefined => {
    const said = names.map((name) => payload[name]).find((value) => typeof value === 'string');
    return typeof said === 'string' ? redactor.redact(said) : undefined;
  };
  return {
    role,
    variable: key.variable,
    operation: operation.id,
    asked: operation.permission,
    ...answerParts(session, sent),
    says: {
      permission: text('permission', 'permissions', 'scope', 'access'),
      project: text('project', 'project_id', 'projectId', 'pid'),
      algorithm: algorithmOf(parsed),
      expires: typeof payload.exp === 'number' ? payload.exp : undefined,
    },
  };
}

/** A write operation that creates nothing from a body that fails validation, or a read operation that names nothing. */
function operationFor(session: Session, role: SuppliedRole): Operation {
  const operations = claimedOf(session);
  const mayWrite = session.state.options.mode === 'full' && working.includes(role);
  const writer = mayWrite
    ? operations.find((operation) => operation.permission === 'write' && growsByIt(operation))
    : undefined;
  const reads = readsOf(session);
  const found = writer ?? reads.find((operation) => !namesThings(session, operation)) ?? reads[0];
  const operation = found ?? operations[0];
  if (operation === undefined) throw new Error('the document has no operations');
  return operation;
}

async function examineOperation(session: Session, operation: Operation) {
  const key = session.state.target.keys.read;
  const sent = await send(session, { operation, key, variant: 'repeatable' });
  return {
    id: operation.id,
    ...answerParts(session, sent),
    namesThings: namesThings(session, operation),
  };
}

function namesThings({ state }: Session, operation: Operation): boolean {
  return unknownThings(operation, state.fixture.main).length > 0 || operation.path.includes('{');
}

function answerParts({ redactor }: Session, sent: SentRequest) {
  const { failure, startedMs, endedMs } = sent.exchange;
  return {
    status: statusOf(sent),
    failure: failure === undefined ? undefined : redactor.redact(failure.message),
    durationMs: endedMs - startedMs,
  };
}

async function examineControl({ control, redactor }: Session): Promise<ExaminedControl | undefined> {
  try {
    const said = await control?.describe();
    if (said === undefined) return undefined;
    const { name, version } = said.implementation;
    return {
      implementation: { name: redactor.redact(name), version: redactor.redact(version) },
      features: said.features.map(redactor.redact),
    };
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return { because: withTexts(error.because, redactor.redact), status: error.code };
  }
}
