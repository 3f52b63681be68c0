import { isAccepted, isRedirect, isSuccess } from '../../model/index.ts';
import { describeAnswer, failed, headerOf, type JudgeInput, type Judgement, passed } from './judgement.ts';

/** Not server errors: the server does not know the method or the version of HTTP (RFC 9110, 15.6.2 and 15.6.6). */
const unknownToServer = [501, 505];

/**
 * For messages that a front end may answer itself, with a page, a redirect or any rejection. Only two things are wrong:
 * a sign that the operation was carried out, and a server error.
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

/** Whether an answer looks like the answer of the operation to an accepted request. */
function showsSuccess(
  { exchange, operation, validate, otherProjectIds }: JudgeInput,
  status: number,
): boolean {
  if (!isAccepted(status)) return false;
  if (!isSuccess(status)) return true;
  const { request, response } = exchange;
  const body = response?.body.trim() ?? '';
  const type = headerOf(exchange, 'content-type') ?? '';
  // For HEAD, the header fields of the success show it.
  if (request.method === 'HEAD') return /json/i.test(type);
  // A front end answers many requests with an empty 200, but not a change that was not made.
  if (body === '') return request.method !== operation.method && changing.includes(request.method);
  if (!/^[[{]/.test(body)) return false;
  const isDocumented = (text: string): boolean =>
    operation.success.some((one) => validate?.(operation.id, one, text) === undefined);
  if (!isDocumented(body)) return false;
  if (!isDocumented('{}')) return true;
  // If the document requires nothing of a success, the body must contain an id or a name from the request.
  const named = `${request.url} ${request.body ?? ''}`.match(uuid) ?? [];
  const last = operation.path.split('/').findLast((part) => !part.startsWith('{')) ?? '';
  return [...named, ...otherProjectIds, `"${last}"`].some((text) => body.includes(text));
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const changing = ['PUT', 'PATCH', 'DELETE'];

/** TRACE answers with the received message (RFC 9110, 9.3.8), and must leave out secrets. */
export function keyNotRepeated(input: JudgeInput): Judgement {
  const { presented, response } = input.exchange;
  const said = `${response?.headers.map(([, value]) => value).join('\n')}\n${response?.body}`;
  if (!presented.some((text) => text.length >= 16 && said.includes(text))) return passed;
  return failed(input, 'leak', 'the answer repeats the presented key or its signature', { level: 'SHOULD' });
}

/** A redirect before the check of the key shows which paths exist. */
export function noRedirect(input: JudgeInput, status: number): Judgement {
  if (!isRedirect(status)) return passed;
  return failed(input, 'redirect', `the answer is a redirect (${describeAnswer(input.exchange)})`);
}
