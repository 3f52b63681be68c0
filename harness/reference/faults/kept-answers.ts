import type { Answer, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { askedFor, keptFor } from './kept.ts';

const longMs = 600_000;
const shortMs = 300;

/** Which answers are cached, and who gets them. */
interface CacheRule {
  readonly milliseconds: number;
  keeps(answer: Answer, call: Call): boolean;
  serves(call: Call): boolean;
  /** Only the next such request with another key gets the cached answer. */
  readonly once?: true;
}

const isChecked = (call: Call): boolean => call.caller !== undefined;
const isRead = (call: Call): boolean => call.operation?.permission === 'read';
const isGet = ({ request }: Call): boolean => request.sentMethod === 'GET';
const isLikeFile = ({ request }: Call): boolean =>
  request.sentMethod === 'GET' && /\.css$/.test(request.query.toString());
const isPost = ({ request }: Call): boolean => request.method === 'POST';

/** A cache behind the check of the key: every valid key gets what another key read. */
const behind = (suits: (call: Call) => boolean): Omit<CacheRule, 'milliseconds'> => ({
  keeps: ({ status }, call) => isRead(call) && suits(call) && status === 200,
  serves: (call) => isRead(call) && suits(call) && isChecked(call),
});

/** A cache in front of the check of the key. */
const before = (suits: (call: Call) => boolean): Omit<CacheRule, 'milliseconds'> => ({
  keeps: ({ status }, call) => isRead(call) && suits(call) && status === 200,
  serves: (call) => isRead(call) && suits(call),
  once: true,
});

const missing: Omit<CacheRule, 'milliseconds'> = {
  keeps: ({ status }, call) => isRead(call) && status === 404,
  serves: (call) => isRead(call) && isChecked(call),
};

const refused: Omit<CacheRule, 'milliseconds'> = {
  keeps: ({ status }, call) => isRead(call) && status === 401,
  serves: isRead,
};

/** Faults of caches that ignore whose answer they store. */
export const keptAnswers: readonly Fault[] = [
  cachingFault(
    'answers-kept-by-url',
    'An answer to GET belongs to the project of its key.',
    longMs,
    behind(isGet),
  ),
  cachingFault(
    'answers-kept-by-url-300-ms',
    'An answer to GET belongs to the project of its key, however briefly it is cached.',
    shortMs,
    behind(isGet),
  ),
  cachingFault(
    'answers-kept-by-body',
    'An answer to POST belongs to the project of its key.',
    longMs,
    behind(isPost),
  ),
  cachingFault(
    'answers-kept-by-body-300-ms',
    'An answer to POST belongs to the project of its key, however briefly it is cached.',
    shortMs,
    behind(isPost),
  ),
  cachingFault('answer-shared-by-url', 'An answer to GET needs a valid key.', shortMs, before(isGet)),
  cachingFault(
    'static-answer-shared',
    'A URL that ends like a static file needs a key.',
    shortMs,
    before(isLikeFile),
  ),
  cachingFault('answer-shared-by-body', 'An answer to POST needs a valid key.', shortMs, before(isPost)),
  cachingFault('missing-kept', 'The owner sees an object that another project cannot see.', longMs, missing),
  cachingFault(
    'missing-kept-300-ms',
    'The owner sees an object that another project has just asked for in vain.',
    shortMs,
    missing,
  ),
  cachingFault('refusal-kept-300-ms', 'A rejection is only for the key that was rejected.', shortMs, refused),
];

function cachingFault(
  id: string,
  breaks: string,
  milliseconds: number,
  how: Omit<CacheRule, 'milliseconds'>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const kept = keptFor<{ readonly answer: Answer; readonly key: string | undefined }>(milliseconds);
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const name = isRead(call) ? await askedFor(call.request) : undefined;
          if (name === undefined) return finished;
          const [key] = call.request.authorization;
          const found = how.serves(call) ? kept.get(name) : undefined;
          if (found !== undefined && !(how.once && found.key === key)) {
            if (how.once) kept.take(name);
            return found.answer;
          }
          if (how.keeps(finished, call)) kept.set(name, { answer: finished, key });
          return finished;
        },
      };
    },
  };
}
