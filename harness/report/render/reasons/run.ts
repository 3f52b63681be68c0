import type { Words } from './words.ts';

const untold = 'which cannot be told apart from here';
const unlike: Readonly<Record<string, string>> = {
  'too-long': 'more than a mebibyte',
  empty: 'an empty body',
  'not-json': 'something that is not JSON',
};

/** Why a run has no verdict, and what the suite may not do in it. */
export const fromRun = {
  'target-unreachable': ({ baseUrl, message, withKey, nextStep }) =>
    `${baseUrl} cannot be tested: ${message}${withKey ? ', once a request carries MUFI_WRITE_KEY' : ''}; ${nextStep}`,
  'document-empty': ({ baseUrl }) =>
    `${baseUrl} cannot be tested: the OpenAPI document has no operations; check --openapi`,
  'no-operation-found': ({ baseUrl, note }, say) =>
    `${baseUrl} has none of the operations (${say(note)}); check that MUFI_BASE_URL ends where /v1 begins`,
  'write-key-refused': ({ note }, say) =>
    `every operation refuses MUFI_WRITE_KEY (${say(note)}); either that key is expired, revoked or regenerated, or it is no key of this target, or the target shuts everybody out, ${untold}`,
  'no-proper-answer': ({ note }, say) =>
    `no operation answers the unmodified write key properly (${say(note)}), so a refusal would prove nothing; check MUFI_BASE_URL and the log of the target`,
  'not-an-api': ({ unlike: what }) =>
    `no operation answers like an API: success comes with ${unlike[what] ?? what} in place of a JSON document; check that MUFI_BASE_URL is the API and not a web page or a proxy in front of it`,
  'writers-forbidden': () =>
    `every write operation answers MUFI_WRITE_KEY with 403; either it is a read key or the target shuts writers out, ${untold}`,
  'supplied-key-dead': ({ permission, other }) =>
    `MUFI_${permission.toUpperCase()}_KEY is refused with 401 by ${
      permission === 'read' ? 'every read operation' : 'every operation'
    } while ${other} is accepted: the ${permission} key is expired, revoked or regenerated; make a new one, and if that is refused as well, the target denies access to ${permission} keys`,
  'read-key-of-other-project': () =>
    'MUFI_READ_KEY seems to belong to another project than MUFI_WRITE_KEY: it is accepted and finds nothing of what the write key finds; give both keys of one project',
  'supplied-key-died': ({ key, status, action }) => {
    const since =
      action === undefined
        ? 'its own keys were made, regenerated and revoked'
        : `the suite tried to ${action} another key, as regeneration/siblings-untouched says`;
    return `${key} is answered ${status} since ${since}; make a new one before the next run`;
  },
  'supplied-key-locked': ({ key, status, requirement }) =>
    `${key} is answered ${status} after forgeries of a key, as ${requirement} says; everything that is refused would do the same`,
  'stopped-early': ({ because, scenarios }, say) =>
    `the run stopped early: ${say(because)}${scenarios === undefined ? '' : ` (${scenarios} scenarios in a row)`}`,
  'no-more-requests': ({ message }) => message,
  'answers-vary': ({ requests, differently, answers, unmodified }) =>
    `${differently} of ${requests} repeated requests were answered differently, ${answers.join(' and ')} among them${
      unmodified ? ', to the unmodified key as well' : ''
    }; find out what answers so in front of the API, or which of its instances, and run it again`,
  'action-harms-keys': ({ action, finding }) => `not run, because to ${action} a key hits others: ${finding}`,
  'forgeries-harm-keys': ({ requirement, finding }) => `${requirement}: ${finding}`,
  'first-look-could-not-try': () =>
    'it is tried at the first look, which found no operation or no key control to try it with; see the log of the target',
  'no-control-operation': () => 'the control request fails: no operation takes the unmodified write key',
  'control-fails': ({ message }) => `the control request fails: ${message}`,
  'control-refused': ({ operation, status }) =>
    `the control request, ${operation} with the unmodified write key, is answered ${status}`,
  'operation-refuses-all': ({ operation }) =>
    `${operation} refuses the unmodified write key as well, so a refusal there proves nothing`,
  'operation-broken': ({ operation, note }, say) =>
    `${operation} does not answer the unmodified write key properly: ${note === undefined ? 'it fails' : say(note)}`,
  'control-failed': ({ message }) => message,
  'no-key-control': () => 'the run has no key control',
} satisfies Partial<Words>;
