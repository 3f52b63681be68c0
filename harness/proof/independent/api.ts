import type { KeyDesk } from './keys.ts';
import { type Message, type Reply, valuesOf } from './message.ts';
import { invalid, notFound } from './operation.ts';
import { operations } from './operations.ts';
import { asRecord } from './shapes.ts';
import { Shelf } from './shelves.ts';

/** The data of the server. */
export interface World {
  readonly desk: KeyDesk;
  readonly shelves: Map<string, Shelf>;
}

/** Answers one request to the API. A success is for the caller only. */
export function answerApi({ desk, shelves }: World, message: Message): Reply {
  const [path = '', query = ''] = message.target.replace(/^https?:\/\/[^/?]*/i, '').split(/\?(.*)/s);
  const presented = valuesOf(message, 'authorization');
  if (presented.length > 1) return invalid(['two Authorization fields']);
  const grant = desk.grantOf(presented[0] ?? '');
  if (grant === undefined) return unauthorized;
  const method = message.method === 'HEAD' ? 'GET' : message.method;
  const operation = operations.find((one) => one.method === method && one.path.test(path));
  if (operation === undefined) return notFound;
  if (operation.writes && !grant.mayWrite) return { status: 403, body: { error: 'forbidden' } };
  const named = (operation.path.exec(path) ?? []).slice(1).map(decoded);
  const body = method === 'GET' ? {} : parsed(message.body);
  const parameters = new URLSearchParams(query);
  const problems = operation.problems(body, parameters, named);
  if (problems.length > 0) return invalid(problems);
  const shelf = shelves.get(grant.tenant) ?? new Shelf(grant.tenant);
  shelves.set(grant.tenant, shelf);
  const members = Array.isArray(body) ? { ...body } : (asRecord(body) ?? {});
  const reply = operation.act({ shelf, named, query: parameters, body: members });
  return { ...reply, fields: { 'cache-control': 'private, max-age=0, must-revalidate', ...reply.fields } };
}

/** The answer to every request without a valid key, whatever the reason. */
export const unauthorized: Reply = {
  status: 401,
  fields: { 'www-authenticate': 'Bearer' },
  body: { error: 'unauthorized' },
};

/** The parsed JSON, or undefined. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
