import type { Answer, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { otherKeys } from './other-keys.ts';
import { traces } from './traces.ts';

const STACK =
  'Error: bad key\n    at verify (/srv/app/node_modules/jose/dist/jwt/verify.js:41:11)\n    at async Server.handle (/srv/app/server.js:12:5)';

const PRIVATE_KEY = ['-----BEGIN', 'PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n'].join(' ');

/** Faults that leak internal data. */
export const hygiene: readonly Fault[] = [
  leaking('key-in-error-body', 'No answer repeats the key.', (answer, key) =>
    saying(answer, 'message', `Bad key ${key}`),
  ),
  leaking('signature-in-error-body', 'No answer repeats a part of the key.', (answer, key) =>
    saying(answer, 'message', `Bad signature ${key.split('.').at(-1)}`),
  ),
  leaking('encoded-key-in-error-body', 'No answer repeats the key in an encoding.', (answer, key) =>
    saying(answer, 'trace', Buffer.from(key).toString('base64')),
  ),
  leaking('key-in-header', 'No answer repeats the key.', (answer, key) => ({
    headers: { ...answer.headers, 'x-request-key': key },
  })),
  leaking('key-in-cookie-set', 'No answer repeats the key.', (answer, key) => ({
    headers: { ...answer.headers, 'set-cookie': `session=${key}; Path=/` },
  })),
  ...otherKeys,
  ...traces,
  answering('stack-trace', 'An error has no stack trace.', (answer) =>
    answer.status === 401 ? saying(answer, 'stack', STACK) : {},
  ),
  answering('library-named', 'An error does not name the library that rejected the key.', (answer) =>
    answer.status === 401
      ? saying(answer, 'message', 'JWSSignatureVerificationFailed: signature verification failed')
      : {},
  ),
  answering('private-key-shown', 'No answer shows a private key.', (answer) =>
    answer.status === 401 ? saying(answer, 'signingKey', PRIVATE_KEY) : {},
  ),
  answering('private-key-in-settings', 'No answer shows a private key.', (answer) =>
    answer.status < 300 || answer.status === 400 ? saying(answer, 'settings', PRIVATE_KEY) : {},
  ),
  answering('public-cache', 'Shared caches must not store a success.', (answer) =>
    answer.status < 300 ? { headers: { ...answer.headers, 'cache-control': 'public, max-age=300' } } : {},
  ),
  answering('cors-any-origin', 'CORS does not allow browsers to send keys.', (answer) => ({
    headers: {
      ...answer.headers,
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'Authorization, Content-Type',
    },
  })),
  answering('cors-reflects-origin', 'CORS does not allow browsers to send keys.', (answer, call) => {
    const { origin } = call.request.headers;
    if (origin === undefined) return {};
    const cors = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
    return { headers: { ...answer.headers, ...cors, 'access-control-allow-headers': 'authorization' } };
  }),
];

function answering(
  id: string,
  breaks: string,
  change: (answer: Answer, call: Call) => Partial<Answer>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        return { ...finished, ...change(finished, call) };
      },
    }),
  };
}

function leaking(
  id: string,
  breaks: string,
  change: (answer: Answer, key: string) => Partial<Answer>,
): Fault {
  return answering(id, breaks, (answer, { presented }) =>
    answer.status === 401 && presented !== undefined ? change(answer, presented) : {},
  );
}

function saying(answer: Answer, member: string, value: string): Partial<Answer> {
  if (Array.isArray(answer.body)) return {};
  const body = typeof answer.body === 'object' && answer.body !== null ? answer.body : {};
  return { body: { ...body, [member]: value } };
}
