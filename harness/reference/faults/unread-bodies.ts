import type { ApiRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';

type IsBody = (text: string, request: ApiRequest) => boolean;

const bodies: readonly (readonly [id: string, what: string, isIt: IsBody])[] = [
  ['null', 'null', (text) => text === 'null'],
  ['empty-list', 'an empty list', (text) => text === '[]'],
  // The decoder has removed the mark, which is three bytes.
  [
    'byte-order-mark',
    'a byte order mark',
    (text, { headers }) => Number(headers['content-length']) - Buffer.byteLength(text) === 3,
  ],
];

/** Faults that reject such a body before they look for a key. */
export const unreadBodies: readonly Fault[] = bodies.map(([id, what, isIt]) => ({
  id: `${id}-read-before-authentication`,
  breaks: `Without a key the body is not read: ${what}.`,
  override: (policy: Policy): Partial<Policy> => ({
    finish: async (answer, call, why) => {
      if (why !== 'none' || !isIt(await call.request.text(), call.request))
        return policy.finish(answer, call, why);
      const body = policy.errorBody(400, new Refusal('invalid'), call);
      return policy.finish({ status: 400, headers: {}, body }, call, 'invalid');
    },
  }),
}));
