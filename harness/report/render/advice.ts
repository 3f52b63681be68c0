import type { FindingKind } from '../../model/index.ts';
import type { ExchangeReport, RequirementReport } from '../../model/report.ts';
import { frontOf } from './answerer.ts';
import { asClause } from './text.ts';

/** What advice depends on: the finding, the expectation, and the answer that shows it. */
export interface AdviceInputs {
  readonly requirement: Pick<RequirementReport, 'advice' | 'adviceFits'>;
  /** Undefined if the report names no finding. */
  readonly kind: FindingKind | undefined;
  /** The expected status, if there is one. */
  readonly due: number | undefined;
  readonly exchange: ExchangeReport | undefined;
}

/** The server checked the request before it checked the key. */
const lookedFirst = [400, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422];

/** What to do about a failure, as a sentence that fits what happened and addresses the person who can change it. */
export function adviceOf(advised: AdviceInputs): string {
  const { exchange } = advised;
  const front = exchange && frontOf(exchange);
  if (front !== undefined) return forFront(front, advised);
  const own = ownAdvice(advised);
  if (exchange?.seems?.cache === undefined) return own;
  return `If a cache answered: do not let it store answers to requests with Authorization (RFC 9111, section 3.5). If not: ${asClause(own)}.`;
}

/** True if the answer is a rejection with the wrong status: nothing was accepted. */
export function isRefusedOtherwise(kind: FindingKind | undefined, status: number | undefined): boolean {
  return kind === 'redirect' || (kind === 'wrong-status' && (status === undefined || status >= 300));
}

/** The catalogue gives advice for keys that are wrongly accepted or denied access. This gives the rest. */
function ownAdvice({ requirement, kind, due, exchange }: AdviceInputs): string {
  const status = exchange?.response?.status;
  if (requirement.adviceFits?.some((fit) => fit === kind)) return requirement.advice;
  if (kind === 'server-error') {
    const then = due === undefined ? '' : `, then answer ${due}`;
    return `Find the request in the server log by its request id and handle the error${then}.`;
  }
  if (kind === 'redirect') {
    const then = due === undefined ? 'Answer the request itself' : `Answer ${due}`;
    return `${then} instead of a redirect: an API must not redirect to login pages or moved paths.`;
  }
  if (kind === 'leak' && due !== undefined && status !== undefined && status >= 300) {
    return 'The request is rejected, but the answer contains data: check the key before you read anything, and stop there.';
  }
  return isRefusedOtherwise(kind, status) ? statusAdvice(exchange, due) : requirement.advice;
}

/** Frameworks that reject keys by themselves, recognised by their answer. */
const frameworks: readonly (readonly [body: RegExp, how: string])[] = [
  [
    /^\{"detail":"Not authenticated"\}$/,
    'FastAPI: use HTTPBearer(auto_error=False) and raise the 401 yourself',
  ],
  [
    /"loc":\["header","authorization"\]/i,
    'FastAPI: make the Header parameter optional and raise the 401 yourself',
  ],
];

function statusAdvice(exchange: ExchangeReport | undefined, due: number | undefined): string {
  const { status, body = '' } = exchange?.response ?? {};
  if (due === undefined || status === undefined) {
    return 'The request is rejected with the wrong status: answer with the expected one.';
  }
  const framework = frameworks.find(([pattern]) => pattern.test(body))?.[1];
  return `The request is rejected with the wrong status: answer ${due} instead of ${status}${
    framework === undefined ? reminder(due, status) : ` (${framework})`
  }.`;
}

function reminder(due: number, status: number): string {
  const first = lookedFirst.includes(status);
  if (due === 401 && status === 403) return '; 403 is for a valid key that lacks the permission';
  if (due === 401 && first) return ', and check the key before everything else in the request';
  if (due === 403 && status === 401) return '; the key is valid and only lacks the permission';
  return due === 403 && first ? ', and check the permission before the content' : '';
}

/** For the person who runs what seems to have answered in place of the API. */
function forFront(front: string, { requirement, kind, due, exchange }: AdviceInputs): string {
  const status = exchange?.response?.status;
  const to = `To whoever runs ${front}: `;
  if (kind === 'shut-out') {
    return `${to}it seems to block what the API allows; check its rules for this request (firewall, limits, methods, paths).`;
  }
  if (kind === 'server-error') {
    return `${to}it seems to fail, or not to reach the API; find the request in its log by the request id.`;
  }
  if (isRefusedOtherwise(kind, status)) {
    const itself = due === undefined ? '' : `, or answer ${due} itself`;
    return `${to}forward the request to the API${itself}.`;
  }
  if (kind === 'bad-body' || kind === 'bad-challenge' || kind === 'inconsistent') {
    return `${to}forward the request to the API, or send the same answers as the API (application/json).`;
  }
  if (kind === 'let-in' || kind === 'leak' || kind === 'side-effect') {
    return `${to}it seems to answer without asking the API; forward every request to the API, or check the key as the API does.`;
  }
  return `${to}${asClause(requirement.advice)}.`;
}
