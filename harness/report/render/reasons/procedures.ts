import type { Words } from './words.ts';

const steps: Readonly<Record<string, string>> = {
  'look-up': 'the look-up by',
  activation: 'the activation look-up',
  redemption: 'the redemption by the write key',
};

function stepName({ step, operation }: { readonly step: string; readonly operation?: string | undefined }) {
  return [steps[step] ?? step, ...(operation === undefined ? [] : [operation])].join(' ');
}

/** Why a scenario of several steps could not be carried out or decided. */
export const fromProcedures = {
  'silent-while-warming': () => 'the target gives no answer while a made key is used before it dies',
  'made-key-refused': ({ permission }) => `no ${permission} key that was made is accepted`,
  'both-regenerations-refused': () => 'key control refuses both of two regenerations at the same time',
  'regeneration-answer-lost': () =>
    'the answer of key control to one of two regenerations at the same time is lost',
  'regenerated-key-answered': ({ status }) => `after two regenerations a key is answered ${status}`,
  'revoke-by-hand': ({ because, id }, say) =>
    `${say(because)}; the key ${id} was sent in the clear, so revoke it by hand`,
  'step-unanswered': ({ message, ...step }) => `${stepName(step)}: ${message ?? 'no answer'}`,
  'step-answered': ({ status, ...step }) => `${stepName(step)} is answered ${status}`,
  'step-not-json': (step) => `${stepName(step)} is answered with something that is not a JSON object`,
  'operation-missing': ({ operation }) => `the target does not have ${operation}`,
  'effect-not-shown': () => 'nothing in the API shows what this operation did',
  'nothing-sent': () => 'nothing was sent',
  'no-further-connection': () => 'the target does not take another connection',
  'no-connection-under-load': () => 'the target does not take a connection while the key is used',
  'unmodified-not-accepted': ({ status, message }) =>
    `the unmodified key on a connection of its own: ${status ?? message ?? 'nothing'}`,
  'too-few-uses': ({ uses, due }) => `the key was used ${uses} times, ${due} were due`,
  'key-never-accepted': () => 'while it was used, the key was never accepted',
  'key-never-refused': () => 'while it was used, the key was never refused with 401',
  'costly-key-undecided': ({ took, usual }) =>
    `the costly key takes ${took} ms and a cheap one up to ${usual} ms, which tells neither from a busy server`,
  'list-unknown': () => 'how this list goes on is not known',
  'list-refused': ({ status }) => `the list is answered ${status}, so that nothing of it was read`,
  'list-missing': () => 'there is no list in the answer',
  'list-shorter-than-told': ({ operation, key, total, seen }) =>
    `${operation} tells ${key} that its list has ${total} entries and shows ${seen} of them; count only what belongs to the project of that key, or show the rest on the pages that follow`,
  'list-end-unseen': ({ status, seen }) =>
    `the list is answered ${status} after ${seen} entries, so its end was not seen`,
  'list-too-long': ({ seen }) => `the list goes on after ${seen} entries and was not read to its end`,
  'list-page-empty': ({ page, pages }) => `page ${page} of ${pages} shows nothing`,
  'list-goes-on': ({ total }) => `the list goes on after the ${total} entries that it names`,
  'list-middle-skipped': ({ total, first, last }) =>
    `of ${total} entries the first ${first} and the last ${last} were read`,
  'nobody-answers': ({ url, message }) => `nobody answers at ${url}: ${message}`,
  'address-not-tried': ({ url, message }) => `${url} cannot be tried: ${message}; check MUFI_HTTP_URL`,
  'sent-key-dead': ({ status }) =>
    `the key that is sent in the clear does not work over HTTPS (${status ?? 'no answer'})`,
  'made-up-key-refused-alike': ({ url, status }) =>
    `${url} refuses an invented key with ${status} as the API does over HTTPS, so it may let a living key in; that takes key control to find out`,
  'handshake-refused': () => 'no such handshake comes about',
  'handshake-undecided': ({ message }) => message,
  'handshake-not-offered': ({ offer }) => `the TLS library of this machine does not offer ${offer}`,
} satisfies Partial<Words>;
