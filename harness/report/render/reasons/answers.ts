import type { Words } from './words.ts';

/** Why an answer, or none, decides nothing. */
export const fromAnswers = {
  'no-answer': ({ message }) => message ?? 'no answer',
  'not-forgeable': ({ message }) => message,
  'not-repeated': ({ first, later }) =>
    `${first} once, then ${later}: an answer that does not repeat decides nothing; run it once more`,
  'not-again-with-others': ({ finding }) => `${finding}, but not when it was done again with other keys`,
  'guess-not-repeated': ({ finding, status }) => `${finding}; the second time it was answered ${status}`,
  'guess-then-answered': ({ finding, status }) => `${finding}; then the target answered ${status}`,
  'no-key-accepted-before': ({ operation }) => `${operation} accepts no key before anything is guessed`,
  'names-not-made': () =>
    'what the request names could not be made or found in the target, so its answer shows nothing',
  'existence-not-comparable': () => 'what the request names could not be made or found in the target',
  'let-through-without-success': ({ answer }) =>
    `the answer is ${answer}: the key is not refused, but the request does not succeed`,
  'other-key-dead': () =>
    'the key of the other project is answered 401, so it may not be a living key of this target',
  'says-nothing-of-key': ({ status }) => `the answer is ${status}, which says nothing about the key`,
  'looks-absent': ({ operation }) => `${operation} answers like a path that does not exist`,
  'owner-refused-once': ({ first, later }) =>
    `the owner is answered ${first} once, then ${later}: what does not come again decides nothing`,
} satisfies Partial<Words>;
