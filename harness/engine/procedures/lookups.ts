import { because } from '../../model/index.ts';
import type { AskAsOwner } from '../matrix/operations/lookup.ts';
import { fillPath } from '../matrix/requests.ts';
import { jsonBodyOf, StepFailure } from '../session/outcome.ts';
import { allOf, doneOnce, lastOf, settled } from '../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/**
 * Asks with the write key, and keeps what was sent. Asks again if something in front of the target may have answered; a
 * write is repeated only after 401 or 403. Throws StepFailure if the answer is not as expected.
 */
export function askAsOwner(session: Session, sent: SentRequest[]): AskAsOwner {
  return async (id, { body, path }) => {
    const found = session.state.operations.find((entry) => entry.operation.id === id);
    if (found === undefined || found.availability === 'absent')
      throw new StepFailure(because('operation-missing', { operation: id }));
    const { operation } = found;
    const ask = operation.permission === 'read' ? settled : doneOnce;
    const asked = await ask(session, () =>
      send(session, {
        operation,
        key: session.state.target.keys.write,
        variant: 'repeatable',
        parts: { path: fillPath(operation.path, path ?? {}, ''), query: [], body, succeeds: true },
      }),
    );
    sent.push(...allOf(asked));
    const answer = lastOf(asked);
    return {
      status: statusOf(answer),
      content: () => jsonBodyOf(answer, { step: 'look-up', operation: id }),
    };
  };
}
