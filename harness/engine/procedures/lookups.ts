import type { FixtureSet, JsonValue } from '../../model/index.ts';
import { attemptNames } from '../matrix/documented-requests.ts';
import { answerOf, StepFailed } from '../session/outcome.ts';
import { type Sent, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/** How the owner finds out whether a write of the traced set happened. */
export interface Lookup {
  /** Asks the target with the write key; throws StepFailed where it does not answer. */
  look(session: Session, set: FixtureSet, marker: string, sent: Sent[]): Promise<unknown>;
  /** A sentence where two looks, one after the other, show that the write happened before the second. */
  trace(before: unknown, after: unknown, marker: string): string | undefined;
  /** The trace is a text that nobody else could have left, so it need not show twice. */
  readonly unmistakable?: boolean;
}

async function ask(
  session: Session,
  id: string,
  sent: Sent[],
  body?: JsonValue,
  path?: string,
): Promise<Sent> {
  const found = session.state.operations.find((entry) => entry.operation.id === id);
  if (found === undefined || found.availability === 'absent')
    throw new StepFailed(`the target does not have ${id}`);
  const answer = await send(session, {
    operation: found.operation,
    key: session.state.target.keys.write,
    variant: 'repeatable',
    parts: { path: path ?? found.operation.path, query: [], body, succeeds: true },
  });
  sent.push(answer);
  return answer;
}

/**
 * Finds the marker in a member of the answer, or what was not there before; an answer of 404 means that there is
 * nothing.
 */
function marked(
  id: string,
  member: string,
  where: (set: FixtureSet, marker: string) => { body?: JsonValue; path?: string },
): Lookup {
  return {
    async look(session, set, marker, sent) {
      const { body, path } = where(set, marker);
      const answer = await ask(session, id, sent, body, path);
      if (statusOf(answer) === 404) return undefined;
      return answerOf(answer, `the look-up by ${id}`)[member] ?? null;
    },
    trace: (before, after, marker) => {
      if (after === marker)
        return `what it wrote is there: ${member} is the text that the refused request sent`;
      return before === undefined && after !== undefined
        ? 'what the refused request makes is there'
        : undefined;
    },
    unmistakable: true,
  };
}

/** Finds out whether a thing that was there is gone. */
function stillThere(id: string, where: (set: FixtureSet) => string): Lookup {
  return {
    async look(session, set, _marker, sent) {
      const answer = await ask(session, id, sent, undefined, where(set));
      return statusOf(answer) === 404 ? undefined : answerOf(answer, `the look-up by ${id}`).id;
    },
    trace: (before, after) =>
      before !== undefined && after === undefined ? 'what the refused request named is gone' : undefined,
    unmistakable: true,
  };
}

const eventPath = (reference: string): string => `/v1/events/${encodeURIComponent(reference)}`;

/** Look-ups by the operation whose write they reveal. */
export const lookups: Readonly<Record<string, Lookup>> = {
  'POST /v1/users/create': marked('POST /v1/users/profile', 'firstName', (set, marker) => ({
    body: { email: attemptNames(set, marker).userEmail },
  })),
  'POST /v1/events/create': marked('GET /v1/events/{IdOrReferenceId}', 'name', (set, marker) => ({
    path: eventPath(attemptNames(set, marker).eventReference),
  })),
  'PUT /v1/events/update': marked('GET /v1/events/{IdOrReferenceId}', 'name', (set) => ({
    path: eventPath(set.eventReference),
  })),
  'GET /v1/events/{IdOrReferenceId}': stillThere('GET /v1/events/{IdOrReferenceId}', ({ eventId }) =>
    eventPath(eventId),
  ),
  'GET /v1/products/{id}': stillThere(
    'GET /v1/products/{id}',
    ({ productId }) => `/v1/products/${productId}`,
  ),
  'POST /v1/users/activate': {
    async look(session, set, _marker, sent) {
      const body = { email: set.userEmail };
      const answer = answerOf(
        await ask(session, 'POST /v1/users/activation', sent, body),
        'the activation look-up',
      );
      return `${answer.isActivated} ${answer.activatedOn}`;
    },
    trace: (before, after) =>
      before === after ? undefined : 'the user was activated by the refused request',
  },
  'POST /v1/products/{id}/items/redeem': {
    async look(session, set, _marker, sent) {
      const { productId, itemId } = set;
      const path = `/v1/products/${productId}/items/redeem`;
      const body = { product_item_id: itemId };
      const answer = await ask(session, 'POST /v1/products/{id}/items/redeem', sent, body, path);
      return Number(answerOf(answer, 'the redemption by the write key').redemption_count);
    },
    trace: (before, after) =>
      Number(after) - Number(before) > 1 ? 'the item was redeemed by the refused request' : undefined,
  },
  'POST /v1/products/{id}/transfer': {
    async look(session, set, marker, sent) {
      const there = await move(session, set, sent, 'forth');
      if (there === undefined) {
        await move(session, set, sent, 'back');
        return marker;
      }
      await move(session, set, sent, 'back');
      return 'sender';
    },
    trace: (before, after, marker) =>
      before === 'sender' && after === marker
        ? 'the item changed its owner by the refused request'
        : undefined,
  },
};

async function move(
  session: Session,
  set: FixtureSet,
  sent: Sent[],
  direction: 'forth' | 'back',
): Promise<unknown> {
  const { productId, itemId, userId, secondUserId } = set;
  const [sender, recipient] = direction === 'forth' ? [userId, secondUserId] : [secondUserId, userId];
  const answer = await ask(
    session,
    'POST /v1/products/{id}/transfer',
    sent,
    { product_item_id: itemId, sender_user_id: sender, recipient_user_id: recipient },
    `/v1/products/${productId}/transfer`,
  );
  return statusOf(answer) === 200 ? answer : undefined;
}
