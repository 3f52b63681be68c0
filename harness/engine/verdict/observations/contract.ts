import {
  type Exchange,
  isOverload,
  isRedirect,
  isServerFailure,
  type Operation,
} from '../../../model/index.ts';
import { headerOf, headersOf, isUnusual } from '../judgement.ts';
import { parseChallenges } from './challenge.ts';
import type { ObservedFinding } from './observed.ts';
import type { BodyValidator } from './schemas.ts';

/** Statuses from below the application; the document does not describe them. */
const httpLevel = [408, 413, 414, 429, 431];

/**
 * Compares statuses, bodies and challenges of an answer with the document and with RFC 9110 and 6750. `conflicts`: the
 * suite creates what exists already, so 409 is a valid answer.
 */
export function observeContract(
  exchange: Exchange,
  operation: Operation | undefined,
  validate: BodyValidator,
  conflicts = false,
): ObservedFinding[] {
  const { response } = exchange;
  if (response === undefined) return [];
  const { status } = response;
  const found: ObservedFinding[] = [];
  const documented = operation !== undefined;
  if (isServerFailure(status)) {
    found.push({
      observation: 'no server error',
      kind: 'server-error',
      message: `the server fails with ${status}`,
      tells: String(status),
      // An unusual message that a front end does not accept never reached the API.
      ...(isUnusual(exchange) && isOverload(status) ? { level: 'SHOULD' } : {}),
    });
  }
  if (isRedirect(status) && documented) {
    const message = `the answer is a redirect (${status})`;
    found.push({ observation: 'no redirect', kind: 'redirect', message, tells: String(status) });
  }
  if (status === 401) found.push(...observeChallenge(exchange));
  if (operation === undefined || status >= 500 || isRedirect(status)) return found;
  if (httpLevel.includes(status) || isOwnDoing(exchange, conflicts)) return found;
  if (!operation.statuses.includes(status)) {
    const message = `${status} is not documented for ${operation.id}; the documented statuses are ${operation.statuses.join(', ')}`;
    found.push({ observation: 'documented status', kind: 'wrong-status', message });
    return found;
  }
  return [...found, ...observeBody(exchange, operation, validate)];
}

const otherHeader = /^x-((http-)?method(-override)?|(original|rewrite)-ur[il]|forwarded-(uri|path))$/i;
const otherMember = /(^|[?&{,\s"])_method\b/;

/**
 * True if a request names another method or path than its first line does; Rack::MethodOverride and some proxies follow
 * that. The other path may not exist.
 */
function meansAnother({ headers, url, body = '' }: Exchange['request']): boolean {
  return (
    headers.some(([name]) => otherHeader.test(name)) || [url, body].some((text) => otherMember.test(text))
  );
}

/**
 * Statuses that the suite itself causes: a user that already exists, a path or method other than that of the request
 * line, or a body with another content type. A framework may reject or fail to read such a body before the application
 * sees the request.
 */
function isOwnDoing({ request, response }: Exchange, conflicts: boolean): boolean {
  if (response?.status === 409) return conflicts;
  if (response?.status === 404 || response?.status === 405) return meansAnother(request);
  if (response?.status !== 415 && response?.status !== 400) return false;
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return type !== undefined && !/json/i.test(type);
}

function observeBody(exchange: Exchange, operation: Operation, validate: BodyValidator): ObservedFinding[] {
  const { response } = exchange;
  if (response === undefined || response.bodyCut === true) return [];
  const problem = validate(operation.id, response.status, response.body);
  const found: ObservedFinding[] = [];
  if (problem !== undefined) {
    const message = `the body of ${response.status} ${problem}`;
    found.push({ observation: 'body matches schema', kind: 'bad-body', message });
  }
  const type = headerOf(exchange, 'content-type');
  if (response.body !== '' && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type ?? '')) {
    const message = `the content type of ${response.status} is ${type === undefined ? 'missing' : `"${type}"`}, not application/json`;
    found.push({ observation: 'json content type', kind: 'bad-body', message });
  }
  return found;
}

function observeChallenge(exchange: Exchange): ObservedFinding[] {
  const values = headersOf(exchange, 'www-authenticate');
  if (values.length === 0) {
    const message = 'a 401 has no WWW-Authenticate challenge';
    return [{ observation: 'challenge present', kind: 'bad-challenge', message }];
  }
  const wrong = (message: string): ObservedFinding[] => [
    { observation: 'challenge parses', kind: 'bad-challenge', message },
  ];
  let challenges: ReturnType<typeof parseChallenges>;
  try {
    challenges = values.flatMap(parseChallenges);
  } catch (error) {
    return wrong(
      `the challenge does not parse: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
  const bearer = challenges.find(({ scheme }) => scheme.toLowerCase() === 'bearer');
  if (bearer === undefined) return wrong('no challenge names the scheme Bearer');
  const code = bearer.parameters.get('error');
  if (code === undefined) return [];
  const presentedNothing = exchange.presented.length === 0;
  if (!['invalid_request', 'invalid_token', 'insufficient_scope'].includes(code)) {
    const message = `the challenge has error="${code}", which RFC 6750 does not define`;
    return [{ observation: 'challenge error code', kind: 'bad-challenge', message }];
  }
  if (presentedNothing && !exchange.request.headers.some(([name]) => /^authorization$/i.test(name))) {
    const message = `the challenge has error="${code}", although the request had no credential`;
    return [{ observation: 'challenge error code', kind: 'bad-challenge', message }];
  }
  return [];
}
