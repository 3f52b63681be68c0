import type { FindingKind } from '../../model.ts';
import type { ExchangeReport, RequirementReport } from '../schema.ts';
import { frontOf } from './answerer.ts';
import { asClause } from './text.ts';

/** What advice depends on: what was found, what was expected, and the answer that shows it. */
export interface Advised {
  readonly requirement: Pick<RequirementReport, 'advice' | 'adviceFits'>;
  /** Absent where the report names no finding. */
  readonly kind: FindingKind | undefined;
  /** The status that was expected, where there is one. */
  readonly due: number | undefined;
  readonly exchange: ExchangeReport | undefined;
}

/** What the catalogue cannot say in advance: its advice is about keys that are accepted or denied access. */
const general = ['server-error', 'wrong-status', 'redirect'] as const;
type General = (typeof general)[number];

/** The server looked at the request before it looked at the key. */
const lookedFirst = [400, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422];

/** What to do about a failure, as a sentence: it fits what happened, and speaks to whoever can change it. */
export function adviceOf(advised: Advised): string {
  const { exchange } = advised;
  const front = exchange && frontOf(exchange);
  if (front !== undefined) return forFront(front, advised);
  const own = ownAdvice(advised);
  if (exchange?.seems?.cache === undefined) return own;
  return `If a cache answered: let it keep no answer to a request with Authorization (RFC 9111, section 3.5). If not: ${asClause(own)}.`;
}

/** True where the answer is a refusal, only not the right one: nothing was accepted. */
export function isRefusedOtherwise(kind: FindingKind | undefined, status: number | undefined): boolean {
  return kind === 'redirect' || (kind === 'wrong-status' && (status === undefined || status >= 300));
}

function ownAdvice({ requirement, kind, due, exchange }: Advised): string {
  const status = exchange?.response?.status;
  const isGeneral =
    general.some((one) => one === kind) && !requirement.adviceFits?.some((fit) => fit === kind);
  if (!isGeneral) return requirement.advice;
  if (kind === 'wrong-status' && !isRefusedOtherwise(kind, status)) return requirement.advice;
  return generalAdvice(kind as General, due, status);
}

function generalAdvice(kind: General, due: number | undefined, status: number | undefined): string {
  if (kind === 'server-error') {
    const then = due === undefined ? '' : `, and answer ${due}`;
    return `Find the request in the server log by its request id, handle the error${then}.`;
  }
  if (kind === 'redirect') {
    const then = due === undefined ? 'Answer the request itself' : `Answer ${due} itself`;
    return `${then} in place of a redirect: keep login pages and moved paths away from the API.`;
  }
  if (due === undefined || status === undefined)
    return 'The request is refused: answer with the expected status.';
  const instead = `answer ${due} in place of ${status}`;
  if (due === 401 && status === 403) {
    return `The request is refused: ${instead}. 403 is for a valid key that lacks the permission.`;
  }
  if (due === 401 && lookedFirst.includes(status)) {
    return `The request is refused: ${instead}, and check the key before anything else of the request.`;
  }
  if (due === 403 && status === 401) {
    return `The request is refused: ${instead}. The key is valid, it only lacks the permission.`;
  }
  if (due === 403 && lookedFirst.includes(status)) {
    return `The request is refused: ${instead}, and check the permission before the content.`;
  }
  return `The request is refused: ${instead}.`;
}

/** To whoever runs what seems to have answered in place of the API. */
function forFront(front: string, { requirement, kind, due, exchange }: Advised): string {
  const status = exchange?.response?.status;
  const to = `To whoever runs ${front}: `;
  if (kind === 'shut-out') {
    return `${to}it seems to refuse what the API allows; look at its rules for this request (firewall, limits, methods, paths).`;
  }
  if (kind === 'server-error') {
    return `${to}find the request in its log by the request id; it seems to fail, or not to reach the API.`;
  }
  if (isRefusedOtherwise(kind, status)) {
    const itself = due === undefined ? '' : `, or answer ${due} itself`;
    return `${to}pass the request on to the API${itself}.`;
  }
  if (kind === 'bad-body' || kind === 'bad-challenge' || kind === 'inconsistent') {
    return `${to}pass the request on to the API, or send the answers that the API sends (application/json).`;
  }
  if (kind === 'let-in' || kind === 'leak' || kind === 'side-effect') {
    return `${to}it seems to answer without asking the API; pass every request on to it, or check the key as the API does.`;
  }
  return `${to}${asClause(requirement.advice)}.`;
}
