import type { ApiRequest } from './model.ts';
import type { Policy } from './policy.ts';

/** A variant that changes nothing but the policy. */
interface GatewayVariant {
  readonly id: string;
  readonly differs: string;
  readonly override: (policy: Policy) => Partial<Policy>;
}

const listEvents = (method: string, path: string): boolean =>
  ['GET', 'HEAD'].includes(method) && path === '/v1/events';

/** Variants in what a gateway or framework does before the API. */
export const gateways: readonly GatewayVariant[] = [
  {
    id: 'unknown-paths-forbidden',
    differs: 'Every unknown path is answered 403; there is no list of events.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        listEvents(method, path) ? undefined : policy.findOperation(method, path, request),
      statusOf: (why, call) => (call.operation === undefined ? 403 : policy.statusOf(why, call)),
    }),
  },
  {
    id: 'no-pages',
    differs: 'The list of events has no pages, and rejects unknown parameters.',
    override: (policy) => ({
      finish: (answer, call, why) => {
        const refused = call.operation?.operationId === 'listEvents' && call.request.query.has('page');
        if (!refused || answer.status !== 200) return policy.finish(answer, call, why);
        return policy.finish({ ...answer, status: 400, body: { errors: ['page is not known'] } }, call, why);
      },
    }),
  },
  {
    id: 'method-override',
    differs: 'A header of a POST can override the method; the overriding method is routed and checked.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(meantMethod(method, request), path, request),
    }),
  },
  {
    id: 'path-override',
    differs: 'A header can override the path; the overriding path is routed and checked.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(method, meantPath(request) ?? path, request),
    }),
  },
  {
    id: 'other-types-refused',
    differs: 'A body that is not JSON is answered 415, after the check of the key.',
    override: (policy) => ({
      finish: (answer, call, why) => {
        const { 'content-type': type } = call.request.headers;
        const other = type !== undefined && !/json/i.test(type) && call.request.method !== 'GET';
        if (!other || answer.status === 401) return policy.finish(answer, call, why);
        return policy.finish({ ...answer, status: 415, body: { errors: ['only JSON'] } }, call, why);
      },
    }),
  },
  {
    id: 'dated-errors',
    differs: 'A rejection states the second in which it was made, and takes a moment.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const { body, status } = answer;
        if (status !== 401 || typeof body !== 'object') return policy.finish(answer, call, why);
        await new Promise((resolve) => setTimeout(resolve, 60));
        const timestamp = `${new Date().toISOString().slice(0, 19)}Z`;
        return policy.finish({ ...answer, body: { ...body, timestamp } }, call, why);
      },
    }),
  },
];

function meantMethod(method: string, { headers, query }: ApiRequest): string {
  const named = headers['x-http-method-override'] ?? headers['x-method-override'] ?? query.get('_method');
  return method === 'POST' && typeof named === 'string' ? named.toUpperCase() : method;
}

function meantPath({ headers }: ApiRequest): string | undefined {
  const named = headers['x-original-url'] ?? headers['x-rewrite-url'];
  return typeof named === 'string' ? named : undefined;
}
