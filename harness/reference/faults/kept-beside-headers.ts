import type { Answer, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { keptFor } from './kept.ts';

const shortMs = 300;

/** Headers that a faulty cache makes a part of the name of an answer; without them it keeps nothing. */
const headers = [
  ['origin', 'origin'],
  ['accept-language', 'accept-language'],
  ['whole-range', 'range'],
] as const;

/** Caches that give what they keep to requests that would be rejected for a reason. */
export function answersBesideHeaders(because: Why, suffix = ''): Fault[] {
  return headers.map(([name, header]) => ({
    id: `answer-beside-${name}-shared${suffix}`,
    breaks: `An answer to GET beside ${header} needs a valid key.`,
    override: (policy: Policy): Partial<Policy> => {
      const kept = keptFor<Answer>(shortMs);
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const { sentMethod, path, query, headers: sent } = call.request;
          if (sentMethod !== 'GET' || sent[header] === undefined) return finished;
          const asked = `${sent[header]} ${path}?${query}`;
          if (finished.status === 200) kept.set(asked, finished);
          return (why === because ? kept.take(asked) : undefined) ?? finished;
        },
      };
    },
  }));
}
