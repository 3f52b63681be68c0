import type { Words } from './words.ts';

const untold = 'and the suite cannot tell which';
const unlike: Readonly<Record<string, string>> = {
  'too-long': 'more than 1 MiB',
  empty: 'an empty body',
  'not-json': 'something that is not JSON',
};

/** Why a run has no verdict, and what the suite is not allowed to do in it. */
export const fromRun = {
  'target-unreachable': ({ baseUrl, message, withKey, nextStep }) =>
    `${baseUrl} cannot be tested: ${message}${withKey ? ', once a request carries MUFI_WRITE_KEY' : ''}; ${nextStep}`,
  'document-empty': ({ baseUrl }) =>
    `${baseUrl} cannot be tested: the OpenAPI document has no operations; check --openapi`,
  'no-operation-found': ({ baseUrl, note }, say) =>
    `${baseUrl} has none of the operations (${say(note)}); check that MUFI_BASE_URL ends just before /v1`,
  'write-key-refused': ({ note }, say) =>
    `every operation rejects MUFI_WRITE_KEY (${say(note)}); either that key is expired, revoked or regenerated, or it is not a key of this target, or the target rejects every key, ${untold}`,
  'no-proper-answer': ({ note }, say) =>
    `no operation works with the unmodified write key (${say(note)}), so a rejection would prove nothing; check MUFI_BASE_URL and the log of the target`,
  'not-an-api': ({ unlike: what }) =>
    `no operation answers like an API: a successful answer has ${unlike[what] ?? what} instead of a JSON document; check that MUFI_BASE_URL is the API and not a web page or a proxy in front of it`,
  'refuses-in-text': ({ status, text }) =>
    `every operation answers the unmodified write key with ${status}${text === '' ? ' and no JSON' : ` and the text "${text}"`}; check the scheme, the host and the port of MUFI_BASE_URL`,
  'writers-forbidden': () =>
    `every write operation answers MUFI_WRITE_KEY with 403; either it is a read key, or the target denies write access to every key, ${untold}`,
  'supplied-key-dead': ({ permission, other }) =>
    `MUFI_${permission.toUpperCase()}_KEY is rejected with 401 by ${
      permission === 'read' ? 'every read operation' : 'every operation'
    } while ${other} is accepted: the ${permission} key is expired, revoked or regenerated; create a new one, and if that is rejected as well, the target denies access to ${permission} keys`,
  'read-key-of-other-project': () =>
    'MUFI_READ_KEY seems to belong to another project than MUFI_WRITE_KEY: it is accepted but finds nothing that the write key finds; supply two keys of one project',
  'supplied-key-died': ({ key, status, action }) => {
    const since =
      action === undefined
        ? 'the suite created, regenerated and revoked its own keys'
        : `the suite tried to ${action} another key (see regeneration/siblings-untouched)`;
    return `${key} gets ${status} since ${since}; create a new one before the next run`;
  },
  'supplied-key-locked': ({ key, status, requirement }) =>
    `${key} gets ${status} after forgeries of a key (see ${requirement}); every other rejected request would have the same effect`,
  'stopped-early': ({ because, scenarios }, say) =>
    `the run stopped early: ${say(because)}${scenarios === undefined ? '' : ` (${scenarios} scenarios in a row)`}`,
  'no-more-requests': ({ message }) => message,
  'answers-vary': ({ requests, differently, answers, unmodified }) =>
    `${differently} of ${requests} repeated requests got different answers, for example ${answers.join(' and ')}${
      unmodified ? ', to the unmodified key as well' : ''
    }; find out which instance of the API, or what in front of it, answers so, and run it again`,
  'action-harms-keys': ({ action, finding }) =>
    `not run, because other keys change when the suite tries to ${action} one: ${finding}`,
  'forgeries-harm-keys': ({ requirement, finding }) => `${requirement}: ${finding}`,
  'preflight-could-not-try': () =>
    'the preflight tries this, but found no operation or no key control to try it with; see the log of the target',
  'no-control-operation': () => 'the control request fails: no operation accepts the unmodified write key',
  'control-fails': ({ message }) => `the control request fails: ${message}`,
  'control-refused': ({ operation, status }) =>
    `the control request, ${operation} with the unmodified write key, gets ${status}`,
  'operation-refuses-all': ({ operation }) =>
    `${operation} rejects the unmodified write key as well, so a rejection there proves nothing`,
  'operation-broken': ({ operation, note }, say) =>
    `${operation} does not work with the unmodified write key: ${note === undefined ? 'it fails' : say(note)}`,
  'control-failed': ({ message }) => message,
  'no-key-control': () => 'no key control is configured',
} satisfies Partial<Words>;
