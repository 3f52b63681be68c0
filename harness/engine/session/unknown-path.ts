import { defined } from '../../model/defined.ts';
import type { Operation } from '../../model/index.ts';
import { answered, lastOf } from './repeat.ts';
import { type SendSpec, type SentRequest, send, statusOf } from './send.ts';
import type { Session } from './session.ts';

/** A path without an operation. */
export const madeUpPath = '/v1/conformance-made-up-path';

/** A credential and a kind of request to compare answers for. */
export type ComparedRequest = Pick<SendSpec, 'key' | 'forge' | 'variant' | 'scenario'>;

/** An answer of an operation, compared with that of a path that does not exist. */
export interface UnknownPathComparison {
  readonly answer: SentRequest;
  /** Everything that was sent, the answer first. */
  readonly sent: readonly SentRequest[];
  /** True if nothing in the answer shows that the operation exists. */
  readonly isAlike: boolean;
  /** The status of a path that does not exist; undefined if it did not answer, or was not asked. */
  readonly elsewhere?: number;
}

/** Statuses that mean that the operation is not implemented (RFC 9110, 15.5.6 and 15.6.2). */
const notImplemented: readonly (number | undefined)[] = [405, 501];

/**
 * Sends a request to an operation, and the same to paths that do not exist: one next to it and one below it, because
 * different parts of a server, and a front end, may answer unknown paths in different ways.
 */
export async function compareWithUnknown(
  session: Session,
  operation: Operation,
  asked: ComparedRequest,
): Promise<UnknownPathComparison> {
  const answer = await ask(session, operation, asked);
  if (notImplemented.includes(statusOf(answer))) return { answer, sent: [answer], isAlike: true };
  const sent = [answer];
  let elsewhere: number | undefined;
  for (const [one, other] of unknownPaths(session, operation, answer)) {
    const first = await ask(session, operation, { ...asked, path: one });
    sent.push(first);
    elsewhere ??= statusOf(first);
    if (statusOf(first) === undefined || statusOf(first) !== statusOf(answer)) continue;
    if (isSame(fieldsOf(first), fieldsOf(answer))) return { answer, sent, isAlike: true };
    const second = await ask(session, operation, { ...asked, path: other });
    sent.push(second);
    if (isSame(fieldsOf(first), fieldsOf(answer), fieldsOf(second))) return { answer, sent, isAlike: true };
  }
  const { write } = session.state.target.keys;
  if (statusOf(answer) === 404 && write !== undefined) {
    // What a valid key learns about an unknown path grants nothing to another key.
    const keyed = await ask(session, operation, { key: write, variant: asked.variant, path: madeUpPath });
    sent.push(keyed);
    if (isSame(fieldsOf(keyed), fieldsOf(answer))) return { answer, sent, isAlike: true };
  }
  return { answer, sent, isAlike: false, ...defined({ elsewhere }) };
}

/** True if an answer is a 404 that another request to the same operation got too: nobody can reach the operation. */
export function isSameNotFound(one: SentRequest, other: SentRequest, again: SentRequest): boolean {
  const all = [one, other, again];
  if (all.some((sent) => statusOf(sent) !== 404)) return false;
  return isSame(fieldsOf(other), fieldsOf(one), fieldsOf(again));
}

/** Sends one request, and once more if the server fails on it. */
export async function ask(
  session: Session,
  operation: Operation,
  spec: ComparedRequest & Pick<SendSpec, 'path'>,
): Promise<SentRequest> {
  return lastOf(await answered(session, () => send(session, { operation, ...spec })));
}

/** Pairs of paths that do not exist: what differs within a pair differs in every answer and is ignored. */
function unknownPaths(
  session: Session,
  operation: Operation,
  { exchange }: SentRequest,
): (readonly [string, string])[] {
  const base = new URL(session.state.baseUrl).pathname.replace(/\/+$/, '');
  const path = new URL(exchange.request.url).pathname.slice(base.length);
  const pairs = [
    madeUpPath,
    path.replace(/[^/]+$/, 'conformance-made-up-path'),
    `${path}/conformance-made-up-path`,
  ];
  const others = session.state.operations.map((entry) => entry.operation);
  return [...new Set(pairs)]
    .filter((made) => !others.some((other) => other.method === operation.method && matches(other.path, made)))
    .map((made) => [made, made.replace(/path$/, 'place')] as const);
}

function matches(template: string, path: string): boolean {
  const [wanted, found] = [template.split('/'), path.split('/')];
  return (
    wanted.length === found.length &&
    wanted.every((part, index) => part.startsWith('{') || part === found[index])
  );
}

/** The parts of an answer that are compared: its status, and each member of its body. */
function fieldsOf({ exchange: { response } }: SentRequest): Map<string, string> {
  const fields = new Map([['status', String(response?.status)]]);
  let body: unknown = response?.body ?? '';
  try {
    body = JSON.parse(String(body));
  } catch {
    // A text is compared as a whole.
  }
  collectFields(body, 'body', fields);
  return fields;
}

/** Adds every value in a JSON value, by its path. */
export function collectFields(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(path, JSON.stringify(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) collectFields(inner, `${path}.${name}`, into);
}

/** Compares an answer with one of an unknown path, except for what differs between two answers of unknown paths. */
function isSame(
  unknown: ReadonlyMap<string, string>,
  answer: ReadonlyMap<string, string>,
  again: ReadonlyMap<string, string> = unknown,
): boolean {
  return [...new Set([...unknown.keys(), ...answer.keys()])].every(
    (name) => unknown.get(name) === answer.get(name) || unknown.get(name) !== again.get(name),
  );
}
