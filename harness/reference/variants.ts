import { gzipSync } from 'node:zlib';
import { bigClaims, otherClaims } from './dialects.ts';
import { operationIds } from './document.ts';
import { named, overridden } from './faults/fault.ts';
import { gateways } from './gateways.ts';
import type { Answer } from './model.ts';
import type { Policy } from './policy.ts';
import { loudFraming, oldFraming, plain, type Traits } from './traits.ts';
import type { Transport } from './transport.ts';
import { transports } from './transports.ts';

/** A server that differs from the reference server and still keeps the contract. */
export interface Variant {
  readonly id: string;
  readonly differs: string;
  readonly override?: (policy: Policy) => Partial<Policy>;
  readonly traits?: Partial<Traits>;
  /** What differs below the policy. If set, the server speaks TLS. */
  readonly transport?: Partial<Transport>;
  /** Operations that the server says it does not implement. */
  readonly without?: readonly string[];
  /** Ids of the SHOULD requirements that it does not meet, as it is allowed to; all others pass. */
  readonly warns?: readonly string[];
}

/** Every conformant variant. The algorithm is a separate option. */
export const variants: readonly Variant[] = [
  {
    id: 'other-error-bodies',
    differs: 'Errors are problem details under another JSON type, and name the path that was asked for.',
    override: (policy) => ({
      errorBody: (status, refusal, call) =>
        status === 400
          ? policy.errorBody(status, refusal, call)
          : { type: 'about:blank', status, instance: call.request.path },
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
    differs: 'The challenge is spelled differently and comes with another one.',
    override: () => ({ challenge: () => 'bearer , Negotiate, Mufi realm=api, hint="see \\"docs\\""' }),
  },
  {
    id: 'extra-members',
    differs: 'Objects have members that are not documented.',
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
        await new Promise((resolve) => setTimeout(resolve, 80));
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
    differs: 'Every connection closes after one answer.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        return { ...finished, headers: { ...finished.headers, connection: 'close' } };
      },
    }),
  },
  {
    id: 'rate-limited',
    differs: 'Now and then a request has to be sent again later.',
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
  {
    id: 'other-claims',
    differs: 'Keys use other names and places for project and permission.',
    traits: { dialect: otherClaims },
  },
  {
    id: 'extra-claims',
    differs: 'Keys have claims and header members that are not documented.',
    traits: { dialect: bigClaims },
  },
  {
    id: 'terse-errors',
    differs: 'Bodies of 401 and 403 are empty objects.',
    override: (policy) => ({
      errorBody: (status, refusal, call) =>
        status === 401 || status === 403 ? {} : policy.errorBody(status, refusal, call),
    }),
  },
  {
    id: 'unknown-ids-hidden',
    differs: 'A read key gets 404 for an unknown id before it gets 403 for a write.',
    override: () => ({ order: ['authenticate', 'locate', 'authorize', 'validate', 'perform'] }),
    warns: ['permissions/permission-before-content'],
  },
  {
    id: 'generic-not-found',
    differs: 'An item id that nobody has, or that is not an id, is answered like a path that does not exist.',
    override: (policy) => ({
      statusOf: (why, call) =>
        why === 'invalid' && /redeem|transfer/i.test(call.operation?.operationId ?? '')
          ? policy.statusOf('missing', call)
          : policy.statusOf(why, call),
    }),
  },
  {
    id: 'gzip',
    differs: 'Bodies are compressed if the client accepts that.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const takes = /\bgzip\b/.test(String(call.request.headers['accept-encoding'] ?? ''));
        return takes ? compressed(finished) : finished;
      },
    }),
  },
  {
    id: 'old-http',
    differs: 'Answers are HTTP/1.0: bodies end with the connection.',
    traits: { framing: oldFraming },
  },
  {
    id: 'loud-headers',
    differs: 'Names of header fields are in capitals.',
    traits: { framing: loudFraming },
  },
  {
    id: 'impatient',
    differs: 'Idle connections are closed at once, without notice.',
    traits: { idleMs: 2 },
  },
  {
    id: 'below-a-path',
    differs: 'The API is below a path of a host that also serves other things.',
    traits: { prefix: '/mufi' },
  },
  {
    id: 'lax-slashes',
    differs: 'A slash after the path changes nothing.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(method, path.replace(/(.)\/+$/, '$1'), request),
    }),
  },
  {
    id: 'repeated-paths',
    differs: 'Every operation is also found below /v1/copy-2, /v1/copy-3 and so on.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(method, path.replace(/^\/v1\/copy-\d+\//, '/v1/'), request),
    }),
  },
  {
    id: 'redirected-slashes',
    differs: 'A slash after the path is answered with a redirect, with any key or none.',
    warns: ['presentation/respelled-path-not-redirected'],
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const { path } = call.request;
        const finished = await policy.finish(answer, call, why);
        if (!path.endsWith('/')) return finished;
        return {
          status: 308,
          headers: { ...finished.headers, location: path.slice(0, -1) },
          body: undefined,
        };
      },
    }),
  },
  {
    id: 'no-head',
    differs: 'HEAD is answered 405 with a key and 401 without.',
    override: (policy) => ({
      ...withoutHead(policy),
      statusOf: (why, call) =>
        why === 'missing' && call.request.sentMethod === 'HEAD' ? 405 : policy.statusOf(why, call),
    }),
  },
  {
    id: 'head-unknown',
    differs: 'HEAD is answered 404 with a key and 401 without.',
    override: withoutHead,
  },
  {
    id: 'users-only',
    differs: 'Only the operations on users are implemented; the other operations are claimed absent.',
    without: operationIds.filter((id) => !id.includes(' /v1/users/')),
    override: (policy) => ({
      findOperation: (method, path, request) =>
        path.startsWith('/v1/users/') ? policy.findOperation(method, path, request) : undefined,
    }),
  },
  ...gateways,
  ...transports,
];

function withoutHead(policy: Policy): Partial<Policy> {
  return {
    findOperation: (method, path, request) =>
      request.sentMethod === 'HEAD' ? undefined : policy.findOperation(method, path, request),
  };
}

function compressed({ status, headers, body }: Answer): Answer {
  const bytes = gzipSync(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...headers,
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
    },
    body: new Blob([bytes]).stream(),
  };
}

/** The traits of a server with these variants. */
export function traitsOf(ids: readonly string[]): Traits {
  return Object.assign({}, plain, ...named(variants, ids).map(({ traits }) => traits));
}

/** The operations that a server with these variants says it does not implement. */
export function absentFrom(ids: readonly string[]): string[] {
  return named(variants, ids).flatMap(({ without = [] }) => without);
}

/** What these variants change below the policy of a server over TLS. */
export function transportChanges(ids: readonly string[]): Partial<Transport>[] {
  return named(variants, ids).flatMap(({ transport }) => transport ?? []);
}

/** A policy with these variants applied, one after the other. */
export function withVariants(policy: Policy, ids: readonly string[]): Policy {
  return overridden(policy, variants, ids);
}
