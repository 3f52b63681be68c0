import { defined } from '../../model/defined.ts';
import { answerName, because, isSuccess, type Operation, type Reason } from '../../model/index.ts';
import { buildRequest } from '../matrix/requests.ts';
import { lastOf, settled } from './repeat.ts';
import { type SentRequest, send } from './send.ts';
import type { Session } from './session.ts';

/** The answer to the unmodified write key. */
export interface ControlProbe {
  readonly operation: string;
  readonly status?: number;
  /** Why it does not count, if there is no answer. */
  readonly failure?: Reason;
  /** Missing if there was nothing to send it to. */
  readonly sent?: SentRequest;
}

/**
 * Sends the unmodified write key to an operation that is known to accept it; the id of the scenario chooses the
 * operation.
 */
export async function probeControl(session: Session, scenarioId: string): Promise<ControlProbe> {
  const candidates = controlOperations(session);
  const operation = candidates[hash(scenarioId) % Math.max(1, candidates.length)];
  if (operation === undefined) return { operation: 'none', failure: because('no-control-operation') };
  const key = session.state.target.keys.write;
  const sent = lastOf(await settled(session, () => send(session, { operation, key, variant: 'repeatable' })));
  const { response, failure } = sent.exchange;
  return {
    operation: operation.id,
    sent,
    ...(response === undefined ? {} : { status: response.status }),
    ...(failure === undefined ? {} : { failure: because('control-fails', { message: failure.message }) }),
  };
}

/** Why a control does not count; undefined if it does. */
export function controlFailed(probe: ControlProbe): Reason | undefined {
  if (probe.failure !== undefined) return probe.failure;
  const { status } = probe;
  if (isSuccess(status)) return undefined;
  const response = probe.sent?.exchange.response;
  const answer = response && answerName(response);
  return because('control-refused', { operation: probe.operation, status, ...defined({ answer }) });
}

/** Read operations with a successful request in the preflight; if there are none, all operations with one. */
function controlOperations(session: Session): Operation[] {
  const available = session.state.operations.filter(({ availability }) => availability === 'available');
  const succeeding = available
    .map(({ operation }) => operation)
    .filter(
      (operation) =>
        operation.source === 'documented' &&
        buildRequest(operation, 'repeatable', session.state.fixture.main, '').succeeds,
    );
  const reading = succeeding.filter(({ permission }) => permission === 'read');
  return reading.length > 0 ? reading : succeeding;
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7);
}
