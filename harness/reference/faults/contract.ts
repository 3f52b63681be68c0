import type { Answer, Call, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import { claimedAbsent } from './claimed-absent.ts';
import type { Fault } from './fault.ts';

/** The scenarios that watch every exchange see the same requests. */
const provocations = ['write-key', 'read-key', 'no-key', 'bad-key', 'invalid-body'];

/** Faults in the form of an answer; the decision is right. */
export const contract: readonly Fault[] = [
  reshaping('created-as-200', 'An answer has a documented status.', (answer) =>
    answer.status === 201 ? { status: 200 } : {},
  ),
  reshaping('success-without-id', 'An answer has every required member.', ({ status, body }) =>
    status < 300 && isRecord(body) && 'id' in body ? { body: { ...body, id: undefined } } : {},
  ),
  reshaping(
    'success-with-wrong-type',
    'The members of an answer have the documented types.',
    ({ status, body }) =>
      status < 300 && isRecord(body) && 'isActivated' in body
        ? { body: { ...body, isActivated: 'yes' } }
        : {},
  ),
  reshaping('success-as-text', 'An answer says that it is JSON.', ({ status, headers }) =>
    status < 300 ? { headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } } : {},
  ),
  reshaping('invalid-body-without-errors', 'A 400 lists what is wrong.', ({ status }) =>
    status === 400 ? { body: { error: 'invalid_request' } } : {},
  ),
  reshaping('unauthorized-as-html', 'An error is a JSON object.', ({ status, headers }) =>
    status === 401
      ? {
          headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
          body: '<h1>401 Unauthorized</h1>',
        }
      : {},
  ),
  reshaping('unauthorized-as-list', 'An error is a JSON object.', ({ status, body }) =>
    status === 401 ? { body: [body] } : {},
  ),
  reshaping('forbidden-as-text', 'An error is a JSON object.', ({ status }) =>
    status === 403 ? { body: 'Forbidden' } : {},
  ),
  reshaping('unauthorized-redirects', 'A rejection is not a redirect.', ({ status }) =>
    status === 401 ? { status: 302, headers: { location: '/login' }, body: undefined } : {},
  ),
  {
    ...reshaping('invalid-body-redirects', 'A validation error is not a redirect.', (_, call, why) =>
      isInvalidProfile(call, why) ? { status: 303, headers: { location: '/form' }, body: undefined } : {},
    ),
    caughtBy: provocations.map((id) => `contract/no-redirect/${id}`),
  },
  {
    ...reshaping('invalid-body-crashes', 'An invalid body is answered with 400.', (_, call, why) =>
      isInvalidProfile(call, why) ? { status: 500, body: { error: 'internal' } } : {},
    ),
    caughtBy: provocations.map((id) => `contract/no-server-error/${id}`),
  },
  reshaping('unauthorized-tells-why', 'Every bad key gets the same answer.', (answer, _, why) =>
    answer.status === 401 ? { body: { error: 'unauthorized', message: `The key was refused: ${why}.` } } : {},
  ),
  {
    id: 'no-challenge',
    breaks: 'A 401 carries a challenge.',
    override: () => ({ challenge: () => undefined }),
  },
  {
    id: 'malformed-challenge',
    breaks: 'The challenge of a 401 can be parsed.',
    override: () => ({ challenge: () => 'Bearer realm="mufi, error=' }),
  },
  {
    id: 'challenge-without-bearer',
    breaks: 'The challenge of a 401 names Bearer.',
    override: () => ({ challenge: () => 'Basic realm="mufi"' }),
  },
  {
    id: 'challenge-with-unknown-code',
    breaks: 'The challenge of a 401 carries a known error code.',
    override: () => ({ challenge: () => 'Bearer realm="mufi", error="bad_key"' }),
  },
  {
    id: 'challenge-blames-nobody',
    breaks: 'A challenge carries no error code if no key was sent.',
    override: (policy) => ({ challenge: () => policy.challenge('unverified') }),
  },
  {
    id: 'unknown-id-crashes',
    breaks: 'An unknown id is answered with 404.',
    override: (policy) => ({
      statusOf: (why, call) => (why === 'missing' && call.operation ? 500 : policy.statusOf(why, call)),
    }),
  },
  ...claimedAbsent,
];

function reshaping(
  id: string,
  breaks: string,
  reshape: (answer: Answer, call: Call, why?: Why) => Partial<Answer>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        return { ...finished, ...reshape(finished, call, why) };
      },
    }),
  };
}

/** True for a valid key with the permission: only the body is wrong. */
function isInvalidProfile({ operation, caller }: Call, why: Why | undefined): boolean {
  return why === 'invalid' && caller !== undefined && operation?.operationId === 'getUserProfile';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
