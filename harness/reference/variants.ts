import { overridden } from './faults/fault.ts';
import type { Policy } from './policy.ts';

/** A server that differs from the reference server and keeps the contract all the same. */
export interface Variant {
  readonly id: string;
  readonly differs: string;
  readonly override: (policy: Policy) => Partial<Policy>;
}

/** Every conformant variant. The algorithm is an option of its own. */
export const variants: readonly Variant[] = [
  {
    id: 'other-error-bodies',
    differs: 'Errors are problem details under another JSON type.',
    override: (policy) => ({
      errorBody: (status, refusal, call) =>
        status === 400 ? policy.errorBody(status, refusal, call) : { type: 'about:blank', status },
      finish: async (answer, call, why) => {
        const { headers, ...rest } = await policy.finish(answer, call, why);
        const problem =
          rest.status > 400 ? { 'content-type': 'application/problem+json; charset=utf-8' } : {};
        return { ...rest, headers: { ...headers, ...problem } };
      },
    }),
  },
  {
    id: 'other-challenge',
    differs: 'The challenge is spelled differently and stands beside another one.',
    override: () => ({ challenge: () => 'bearer , Negotiate, Mufi realm=api, hint="see \\"docs\\""' }),
  },
  {
    id: 'extra-members',
    differs: 'Objects carry members that nobody has documented.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const { body } = finished;
        const plain = typeof body === 'object' && body !== null && !Array.isArray(body);
        return plain ? { ...finished, body: { ...body, api: { region: 'eu' }, request_id: null } } : finished;
      },
    }),
  },
  {
    id: 'slow',
    differs: 'Every answer takes a moment.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return policy.finish(answer, call, why);
      },
    }),
  },
  {
    id: 'chunked',
    differs: 'Bodies come in chunks of unknown length.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const { body, headers, status } = await policy.finish(answer, call, why);
        const text = new TextEncoder().encode(JSON.stringify(body));
        const parts = [text.subarray(0, 5), text.subarray(5)];
        const stream = new ReadableStream({
          pull: (controller) => {
            const part = parts.shift();
            if (part === undefined) controller.close();
            else controller.enqueue(part);
          },
        });
        return { status, headers: { 'content-type': 'application/json', ...headers }, body: stream };
      },
    }),
  },
  {
    id: 'connection-close',
    differs: 'No connection is kept.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        return { ...finished, headers: { ...finished.headers, connection: 'close' } };
      },
    }),
  },
  {
    id: 'rate-limited',
    differs: 'Now and then a request has to wait for its turn.',
    override: (policy) => {
      let count = 0;
      return {
        order: ['throttle', ...policy.order],
        throttle: () => {
          count += 1;
          return count % 23 === 0;
        },
      };
    },
  },
];

/** A policy with variants put in, one after the other. */
export function withVariants(policy: Policy, ids: readonly string[]): Policy {
  return overridden(policy, variants, ids);
}
