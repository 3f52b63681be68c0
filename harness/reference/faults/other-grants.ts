import type { Answer, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { unchecked } from './unchecked.ts';

/** Faults of servers that take a permission from another part of the request than the key. */
export const otherGrants: readonly Fault[] = [
  unchecked('permission-from-body', 'No member of the body grants a permission.', async (request) => {
    const body = await jsonBodyOf(request);
    const [first] = [body].flat() as { readonly permission?: unknown }[];
    return first?.permission === 'write';
  }),
  unchecked(
    'scope-from-header',
    'No header grants a scope.',
    ({ headers }) => headers['x-scope'] === 'write',
  ),
  unchecked(
    'dry-run-unchecked',
    'A trial needs the permission too.',
    ({ query }) => query.get('dry_run') === 'true',
  ),
  unchecked(
    'prefer-unchecked',
    'What an answer contains does not change the permission.',
    ({ headers }) => headers.prefer !== undefined,
  ),
  unchecked(
    'if-match-unchecked',
    'A condition does not change the permission.',
    ({ headers }) => headers['if-match'] !== undefined,
  ),
  unchecked(
    'idempotency-key-unchecked',
    'A key for repeated requests does not change the permission.',
    ({ headers }) => headers['idempotency-key'] !== undefined,
  ),
  replaying('write-replayed-before-authorization', 'permission'),
];

/** Faults that answer a repeated request from memory before they look at its key. */
export const replays: readonly Fault[] = [replaying('write-replayed-before-authentication', 'unverified')];

/** Gives the kept answer to a request that would be rejected for a reason. */
function replaying(id: string, because: Why): Fault {
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
          return (why === because ? kept.get(name) : undefined) ?? finished;
        },
      };
    },
  };
}
