import { because, type Key, type Operation, type Permission } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered, withReason } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { makeManyKeys, revokeMade } from './made-key.ts';

const projectName = 'conformance-many-keys';
const mostKeys = 25;

/**
 * Creates many keys in a project that nobody else uses, and tries all of them while all are active. Key control may
 * reject more keys; the keys that it created must work.
 */
export async function manyKeysWork(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const keys: Key[] = [];
  let refused: ControlError | undefined;
  try {
    refused = await makeKeys(session, keys);
    const outcomes: CellOutcome[] = [];
    for (const operation of planned.operations) {
      const blocked = keys.length === 0 ? refused?.because : blockedReason(session, planned, operation);
      const outcome =
        blocked === undefined
          ? await tryAll(context, operation, keys)
          : procedureOutcome(context, operation, [], [], blocked);
      const isDeclined = keys.length === 0 && /^4\d\d$/.test(refused?.code ?? '');
      outcomes.push(
        isDeclined && refused !== undefined
          ? withReason(outcome, refused.because, 'not-applicable')
          : outcome,
      );
    }
    return outcomes;
  } finally {
    await revokeMade(session, keys);
  }
}

/** Adds the created keys to `keys`; returns why there are no more. */
async function makeKeys(session: Session, keys: Key[]): Promise<ControlError | undefined> {
  try {
    if (session.control === undefined) return new ControlError(because('no-key-control'));
    const { id } = await session.control.createProject(projectName);
    const describe = (permission: Permission, number: number): string =>
      `${permission} key ${number} of ${mostKeys} in one project`;
    await makeManyKeys(session, { count: mostKeys, projectId: id, describe }, keys);
    return undefined;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return error;
  }
}

/** Tries each key that may use an operation. */
async function tryAll(
  context: CellContext,
  operation: Operation,
  keys: readonly Key[],
): Promise<CellOutcome> {
  const { session } = context;
  const allowed = keys.filter(({ permission }) => permission === 'write' || operation.permission === 'read');
  const variant = operation.permission === 'write' ? 'unknown-id' : 'repeatable';
  const sent = await Promise.all(allowed.map((key) => send(session, { operation, key, variant })));
  const dead = sent.filter(isRefused);
  const [first] = dead;
  const found: ProcedureFinding[] =
    first === undefined
      ? []
      : [
          {
            kind: 'shut-out',
            message: `${dead.length} of ${allowed.length} keys are rejected while ${keys.length} keys of their project are active, the first with ${statusOf(first)}`,
            sent: first,
          },
        ];
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  return procedureOutcome(context, operation, found, sent, silent && unanswered(silent));
}

function isRefused(sent: SentRequest): boolean {
  return [401, 403].includes(statusOf(sent) ?? 0);
}
