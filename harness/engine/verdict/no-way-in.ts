import { isAccepted, isRedirect, isSuccess } from '../../model/index.ts';
import { describeAnswer, failed, headerOf, type JudgeInput, type Judgement, passed } from './judgement.ts';

/** A server fails; it does not where it knows no such method or version of HTTP (RFC 9110, 15.6.2 and 15.6.6). */
const unknownToServer = [501, 505];

/**
 * For messages that what is in front of a server may answer by itself, with a page of its own, a redirect or a refusal
 * of any kind: only what shows that the operation was carried out is wrong, and a failure of the server.
 */
export function noWayIn(input: JudgeInput, status: number): Judgement {
  const answer = describeAnswer(input.exchange);
  if (showsSuccess(input, status)) {
    return failed(input, 'let-in', `no success was expected; the answer is ${answer}, accepted`, {
      level: 'MUST',
    });
  }
  if (status < 500 || unknownToServer.includes(status)) return passed;
  return failed(input, 'server-error', `a rejection was expected; the server fails with ${answer}`);
}

/** Whether an answer is one that the operation gives once a request to it was accepted. */
function showsSuccess({ exchange, operation, validate, foreignIds }: JudgeInput, status: number): boolean {
  if (!isAccepted(status)) return false;
  if (!isSuccess(status)) return true;
  const { request, response } = exchange;
  const body = response?.body.trim() ?? '';
  const type = headerOf(exchange, 'content-type') ?? '';
  // What HEAD shows are the fields of the success.
  if (request.method === 'HEAD') return /json/i.test(type);
  // A front end answers much with an empty 200; nobody says so of a change that was not made.
  if (body === '') return request.method !== operation.method && changing.includes(request.method);
  if (!/^[[{]/.test(body)) return false;
  const isDocumented = (text: string): boolean =>
    operation.success.some((one) => validate?.(operation.id, one, text) === undefined);
  if (!isDocumented(body)) return false;
  if (!isDocumented('{}')) return true;
  // Where the document demands nothing of a success, it is one that names what the request or the path names.
  const named = `${request.url} ${request.body ?? ''}`.match(uuid) ?? [];
  const last = operation.path.split('/').findLast((part) => !part.startsWith('{')) ?? '';
  return [...named, ...foreignIds, `"${last}"`].some((text) => body.includes(text));
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const changing = ['PUT', 'PATCH', 'DELETE'];

/** TRACE answers with the message that it got (RFC 9110, 9.3.8), and is to leave out what is secret. */
export function keyNotRepeated(input: JudgeInput): Judgement {
  const { presented, response } = input.exchange;
  const said = `${response?.headers.map(([, value]) => value).join('\n')}\n${response?.body}`;
  if (!presented.some((text) => text.length >= 16 && said.includes(text))) return passed;
  return failed(input, 'leak', 'the answer repeats the presented key or its signature', { level: 'SHOULD' });
}

/** A redirect says which paths there are, before anybody was asked for a key. */
export function noRedirect(input: JudgeInput, status: number): Judgement {
  if (!isRedirect(status)) return passed;
  return failed(input, 'redirect', `the answer is a redirect (${describeAnswer(input.exchange)})`);
}
