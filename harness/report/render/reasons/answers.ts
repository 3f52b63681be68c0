import type { Words } from './words.ts';

/** Why an answer, or a missing one, decides nothing. */
export const fromAnswers = {
  'no-answer': ({ message }) => message ?? 'no answer',
  'not-forgeable': ({ message }) => message,
  'not-repeated': ({ first, later }) =>
    `${first} once, then ${later}; an answer that does not repeat proves nothing: run it again`,
  'not-again-with-others': ({ finding }) => `${finding}, but not when repeated with other keys`,
  'guess-not-repeated': ({ finding, status }) => `${finding}; the second time the answer was ${status}`,
  'guess-then-answered': ({ finding, status }) => `${finding}; after that the target answered ${status}`,
  'no-key-accepted-before': ({ operation }) =>
    `${operation} does not accept the key even before the first guess`,
  'names-not-made': () =>
    'what the request names could not be created or found in the target, so the answer proves nothing',
  'existence-not-comparable': () => 'what the request names could not be created or found in the target',
  'let-through-without-success': ({ answer }) =>
    `the answer is ${answer}: the key is not rejected, but the request does not succeed either`,
  'other-key-dead': () =>
    'the key of the other project gets 401, so it may not be an active key of this target',
  'says-nothing-of-key': ({ status }) => `the answer is ${status}, which says nothing about the key`,
  'looks-absent': ({ operation }) => `${operation} answers like a path that does not exist`,
  'owner-refused-once': ({ first, later }) =>
    `the owner gets ${first} once, then ${later}; an answer that does not repeat proves nothing`,
} satisfies Partial<Words>;
