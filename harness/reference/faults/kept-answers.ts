import type { Answer, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { askedFor, keptFor } from './kept.ts';

const longMs = 600_000;
const shortMs = 300;

/** Which answers are kept, and who is given them. */
interface Keeping {
  readonly milliseconds: number;
  keeps(answer: Answer, call: Call): boolean;
  serves(call: Call): boolean;
  /** The next request of the kind is given the answer, and no other after it. */
  readonly once?: true;
}

const isChecked = (call: Call): boolean => call.caller !== undefined;
const isRead = (call: Call): boolean => call.operation?.permission === 'read';
const isGet = ({ request }: Call): boolean => request.sentMethod === 'GET';
const isPost = ({ request }: Call): boolean => request.method === 'POST';

/** What stands behind the check of the key: whoever has a good key is given what another one read. */
const behind = (suits: (call: Call) => boolean): Omit<Keeping, 'milliseconds'> => ({
  keeps: ({ status }, call) => isRead(call) && suits(call) && status === 200,
  serves: (call) => isRead(call) && suits(call) && isChecked(call),
});

/** What stands before the check of the key. */
const before = (suits: (call: Call) => boolean): Omit<Keeping, 'milliseconds'> => ({
  keeps: ({ status }, call) => isRead(call) && suits(call) && status === 200,
  serves: (call) => isRead(call) && suits(call),
  once: true,
});

const missing: Omit<Keeping, 'milliseconds'> = {
  keeps: ({ status }, call) => isRead(call) && status === 404,
  serves: (call) => isRead(call) && isChecked(call),
};

const refused: Omit<Keeping, 'milliseconds'> = {
  keeps: ({ status }, call) => isRead(call) && status === 401,
  serves: isRead,
};

/** Faults of caches that keep an answer without regard to whose it is. */
export const keptAnswers: readonly Fault[] = [
  keeping('answers-kept-by-url', 'An answer to GET is for the project of its key.', longMs, behind(isGet)),
  keeping(
    'answers-kept-by-url-300-ms',
    'An answer to GET is for the project of its key, however short it is kept.',
    shortMs,
    behind(isGet),
  ),
  keeping('answers-kept-by-body', 'An answer to POST is for the project of its key.', longMs, behind(isPost)),
  keeping(
    'answers-kept-by-body-300-ms',
    'An answer to POST is for the project of its key, however short it is kept.',
    shortMs,
    behind(isPost),
  ),
  keeping('answer-shared-by-url', 'An answer to GET is for a good key.', shortMs, before(isGet)),
  keeping('answer-shared-by-body', 'An answer to POST is for a good key.', shortMs, before(isPost)),
  keeping('missing-kept', 'What another project is refused is there for its owner.', longMs, missing),
  keeping(
    'missing-kept-300-ms',
    'What another project was refused a moment ago is there for its owner.',
    shortMs,
    missing,
  ),
  keeping('refusal-kept-300-ms', 'A refusal is for the key that is refused.', shortMs, refused),
];

function keeping(
  id: string,
  breaks: string,
  milliseconds: number,
  how: Omit<Keeping, 'milliseconds'>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const kept = keptFor<Answer>(milliseconds);
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const name = isRead(call) ? await askedFor(call.request) : undefined;
          if (name === undefined) return finished;
          const found = how.serves(call) ? (how.once ? kept.take(name) : kept.get(name)) : undefined;
          if (found !== undefined) return found;
          if (how.keeps(finished, call)) kept.set(name, finished);
          return finished;
        },
      };
    },
  };
}
