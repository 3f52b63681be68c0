import type { Answer, Call, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** Gives the kept answer to a repeated request that would be rejected for a reason. */
export function replaying(id: string, because: Why, suits: (call: Call) => boolean = () => true): Fault {
  return {
    id,
    breaks: 'The answer to a repeated request needs the key of the first.',
    override: (policy: Policy) => {
      const kept = new Map<unknown, Answer>();
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const name = call.request.headers['idempotency-key'];
          if (name === undefined) return finished;
          if (finished.status < 300 && call.caller?.permission === 'write') kept.set(name, finished);
          return (why === because && suits(call) ? kept.get(name) : undefined) ?? finished;
        },
      };
    },
  };
}
