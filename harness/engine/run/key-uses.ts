import { because, isAccepted, type Key } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { mostSilences } from '../probe/presence.ts';
import { pause } from '../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { destinationsOf } from './destinations.ts';

/** How often a key that is still accepted after its regeneration is used again at most, and after which pause. */
const looksAtOldKey = 8;
const lookPauseMs = 20;

/**
 * Uses a key this many times on every operation and replica over kept-alive connections, right before it is revoked. A
 * read is the same request that is tried later, so that a cached answer is detected as well as a cached decision.
 */
export async function warm(
  session: Session,
  planned: PlannedScenario,
  key: Key,
  times: number,
): Promise<void> {
  let silent = 0;
  for (let time = 0; time < times; time += 1) {
    const sent = await useOnEach(session, planned, key);
    silent = sent.some(({ exchange }) => exchange.failure?.kind === 'timeout') ? silent + 1 : 0;
    if (silent === mostSilences) {
      throw new ControlError(because('silent-while-warming'));
    }
  }
}

/**
 * Uses a key on the operations that read, until none accepts it or one is silent. Stops after a short time: a key that
 * lives longer is a finding here too.
 */
export async function untilRejected(session: Session, planned: PlannedScenario, key: Key): Promise<void> {
  const reading = planned.operations.filter(({ permission }) => permission === 'read');
  for (let look = 0; look < looksAtOldKey; look += 1) {
    if (look > 0) await pause(session, lookPauseMs);
    const sent = await useOnEach(session, { ...planned, operations: reading }, key);
    const isSilent = sent.some(({ exchange }) => exchange.failure?.kind === 'timeout');
    if (isSilent || !sent.some((one) => isAccepted(statusOf(one)))) return;
  }
}

function useOnEach(session: Session, planned: PlannedScenario, key: Key): Promise<SentRequest[]> {
  const { scenario, operations } = planned;
  const addresses = destinationsOf(session, scenario);
  return Promise.all(
    operations.flatMap((operation) => {
      const isRead = operation.permission === 'read';
      const variant = isRead ? (scenario.request ?? 'valid') : 'repeatable';
      const { over } = scenario;
      return addresses.map((address) => send(session, { operation, key, variant, over, ...address }));
    }),
  );
}
