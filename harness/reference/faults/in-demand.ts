import type { Answer } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { askedFor } from './kept.ts';

/** A list is cached after this many changes between projects. */
const turnsInDemand = 5;

/** A list that several projects ask for is answered from a cache, whoever asks. */
export const inDemand: Fault = {
  id: 'lists-in-demand-shared',
  breaks: 'A list belongs to the project of its key, also if several projects ask for it.',
  override: (policy: Policy) => {
    const asked = new Map<string, { project: string; turns: number; answer: Answer }>();
    return {
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const { operation, caller } = call;
        const isList = /^(list|fetch)/.test(operation?.operationId ?? '') && operation?.permission === 'read';
        const name = isList && finished.status === 200 ? await askedFor(call.request) : undefined;
        if (name === undefined || caller === undefined) return finished;
        const before = asked.get(name);
        const isTurn = before !== undefined && before.project !== caller.project;
        const turns = isTurn ? before.turns + 1 : 0;
        asked.set(name, { project: caller.project, turns, answer: finished });
        return isTurn && turns >= turnsInDemand ? before.answer : finished;
      },
    };
  },
};
