import type { Words } from './words.ts';

const steps: Readonly<Record<string, string>> = {
  'look-up': 'the look-up by',
  activation: 'the activation look-up',
  redemption: 'the redemption by the write key',
};

function stepName({ step, operation }: { readonly step: string; readonly operation?: string | undefined }) {
  return [steps[step] ?? step, ...(operation === undefined ? [] : [operation])].join(' ');
}

/** Why a scenario with several steps could not be carried out or decided. */
export const fromProcedures = {
  'no-key-ended': () => 'no key of the run was revoked or regenerated',
  'silent-while-warming': () => 'the target stops answering while a new key is used before it is revoked',
  'made-key-refused': ({ permission }) => `the target accepts no ${permission} key that key control creates`,
  'both-regenerations-refused': () => 'key control rejects both of two simultaneous regenerations',
  'regeneration-answer-lost': () => 'key control did not answer one of two simultaneous regenerations',
  'regenerated-key-answered': ({ status }) => `after two regenerations a key gets ${status}`,
  'revoke-by-hand': ({ because, id }, say) =>
    `${say(because)}; the key ${id} was sent unencrypted, so revoke it by hand`,
  'step-unanswered': ({ message, ...step }) => `${stepName(step)}: ${message ?? 'no answer'}`,
  'step-answered': ({ status, ...step }) => `${stepName(step)} gets ${status}`,
  'step-not-json': (step) => `${stepName(step)} gets an answer that is not a JSON object`,
  'operation-missing': ({ operation }) => `the target does not implement ${operation}`,
  'effect-not-shown': () => 'nothing in the API shows what this operation did',
  'nothing-sent': () => 'nothing was sent',
  'no-further-connection': () => 'the target does not accept another connection',
  'no-connection-under-load': () => 'the target does not accept a connection while the key is used',
  'unmodified-not-accepted': ({ status, message }) =>
    `the unmodified key on its own connection gets ${status ?? message ?? 'no answer'}`,
  'too-few-uses': ({ uses, due }) => `the key was used ${uses} times, but ${due} uses were planned`,
  'key-never-accepted': () => 'while it was used, the key was never accepted',
  'key-never-refused': () => 'while it was used, the key was never rejected with 401',
  'costly-key-undecided': ({ took, usual }) =>
    `the costly key takes ${took} ms and a cheap one up to ${usual} ms, which does not differ enough from a busy server`,
  'list-unknown': () => 'it is not known how this list is paged',
  'list-refused': ({ status }) => `the list gets ${status}, so it could not be read`,
  'list-missing': () => 'the answer does not contain a list',
  'list-shorter-than-told': ({ operation, key, total, seen }) =>
    `${operation} tells ${key} that its list has ${total} entries, but shows only ${seen}; count only what belongs to the project of that key, or show the rest on the next pages`,
  'list-end-unseen': ({ status, seen }) =>
    `the list gets ${status} after ${seen} entries, so the rest could not be read`,
  'list-too-long': ({ seen }) => `the list is longer than ${seen} entries, so the rest was not read`,
  'list-page-empty': ({ page, pages }) => `page ${page} of ${pages} is empty`,
  'list-goes-on': ({ total }) => `the list has more than the ${total} entries that it announces`,
  'list-middle-skipped': ({ total, first, last }) =>
    `of ${total} entries, only the first ${first} and the last ${last} were read`,
  'nobody-answers': ({ url, message }) => `nothing answers at ${url}: ${message}`,
  'address-not-tried': ({ url, message }) => `${url} cannot be tried: ${message}; check MUFI_HTTP_URL`,
  'sent-key-dead': ({ status }) =>
    `the key that is sent unencrypted does not work over HTTPS (${status ?? 'no answer'})`,
  'made-up-key-refused-alike': ({ url, status }) =>
    `${url} rejects a made-up key with ${status}, as the API does over HTTPS, so it may accept an active key; offer key control to find out`,
  'handshake-refused': () => 'no such handshake takes place',
  'handshake-undecided': ({ message }) => message,
  'handshake-not-offered': ({ offer }) => `the TLS library of this machine does not offer ${offer}`,
} satisfies Partial<Words>;
