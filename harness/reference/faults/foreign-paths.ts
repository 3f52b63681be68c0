import { matchOperation } from '../document.ts';
import type { ApiRequest } from '../model.ts';
import { lookingEverywhere } from './everywhere.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { deleting } from './methods.ts';

/** Faults that look at the project for the documented methods of a path, and at no other. */
export const foreignPaths: readonly Fault[] = [
  deleting(
    'write-key-deletes-anything',
    'A write key deletes nothing of another project.',
    ({ caller }) => caller?.permission === 'write',
  ),
  rewriting('patch-changes-anything', 'PATCH'),
  rewriting('put-changes-anything', 'PUT'),
];

/** Changes an event by its path, of whatever project it is. */
function rewriting(id: string, method: string): Fault {
  const eventOf = ({ sentMethod, path }: ApiRequest): string | undefined =>
    sentMethod === method ? /^\/v1\/events\/([0-9a-f-]{36})$/.exec(path)?.[1] : undefined;
  return {
    id,
    breaks: `${method} on the path of an event of another project changes nothing.`,
    override: (policy) => ({
      ...lookingEverywhere(policy, async (request) => eventOf(request) !== undefined),
      findOperation: (asked, path, request) =>
        eventOf(request) === undefined
          ? policy.findOperation(asked, path, request)
          : matchOperation('PUT', '/v1/events/update'),
      exempt: async (call, ring) => {
        const event = eventOf(call.request);
        if (event !== undefined) call.body = { ...(await jsonBodyOf(call.request)), id: event };
        return policy.exempt(call, ring);
      },
    }),
  };
}
