import { setTimeout as sleep } from 'node:timers/promises';
import {
  answerKind,
  because,
  isJsonAnswer,
  isOverload,
  isRedirect,
  isServerFailure,
  type Reason,
} from '../../model/index.ts';
import { describeAnswer } from '../verdict/judgement.ts';
import { type SentRequest, statusOf } from './send.ts';
import type { Session } from './session.ts';

/** A request, and its repetitions if its answer was doubted. */
export interface RepeatedRequest extends SentRequest {
  readonly repeats: readonly SentRequest[];
}

/** The most repetitions of a doubted request. */
export const mostRepeats = 2;
/** The waits before the first and the second repetition, as shares of the pause of the run. */
const shares = [0.15, 0.45];
const longPauseMs = 700;

/** Waits, unless the answers come from a recording. */
export async function pause({ cassette }: Session, milliseconds: number): Promise<void> {
  if (cassette.replayedOriginMs === undefined) await sleep(milliseconds);
}

/** Waits before a request is repeated, so that a short disturbance can end. */
export function pauseBeforeRepeat(session: Session, repeat: number): Promise<void> {
  return pause(session, (session.state.pauseMs ?? longPauseMs) * (shares[repeat] ?? 0));
}

/**
 * Sends a request with an unmodified key, and again if its answer is doubted: a proxy may fail once in thousands of
 * requests, and something in front may reject some. The last answer counts.
 */
export function settled(session: Session, make: () => Promise<SentRequest>): Promise<RepeatedRequest> {
  return repeated(session, make, isDoubted);
}

/** The same for work that should succeed: an error page is doubted as well. */
export function settledWork(session: Session, make: () => Promise<SentRequest>): Promise<RepeatedRequest> {
  return repeated(session, make, (sent) => isDoubted(sent) || isErrorPage(sent));
}

/** The same, but a rejection counts as an answer: the caller looks for rejections. */
export function answered(session: Session, make: () => Promise<SentRequest>): Promise<RepeatedRequest> {
  return repeated(session, make, (sent) => isFailure(sent));
}

/** The same for a request that may have an effect: it is sent again only after a rejection. */
export function doneOnce(session: Session, make: () => Promise<SentRequest>): Promise<RepeatedRequest> {
  return repeated(session, make, isRejected);
}

async function repeated(
  session: Session,
  make: () => Promise<SentRequest>,
  isToRepeat: (sent: SentRequest) => boolean,
): Promise<RepeatedRequest> {
  const first = await make();
  const repeats: SentRequest[] = [];
  for (let last = first; repeats.length < mostOf(last) && isToRepeat(last); ) {
    await pauseBeforeRepeat(session, repeats.length);
    last = await make();
    repeats.push(last);
  }
  const sent = { ...first, repeats };
  if (repeats.length > 0) {
    const answer = describeAnswer(first.exchange);
    const differently = repeats.filter(({ exchange }) => describeAnswer(exchange) !== answer).length;
    session.repeats.add({
      requests: repeats.length,
      differently,
      answers: differently === 0 || isOverload(statusOf(first)) ? [] : [answer],
      unmodified: true,
    });
  }
  return sent;
}

/** A request that takes long is repeated only once. */
function mostOf({ exchange }: SentRequest): number {
  return exchange.failure?.kind === 'timeout' ? 1 : mostRepeats;
}

/** The answer that counts if a request was repeated. */
export function lastOf(sent: RepeatedRequest): SentRequest {
  return sent.repeats.at(-1) ?? sent;
}

/** The request and its repetitions, in order. */
export function allOf(sent: RepeatedRequest): readonly SentRequest[] {
  return [sent, ...sent.repeats];
}

/** Why an answer that did not repeat decides nothing; undefined if nothing was doubted, or if it repeated. */
export function didNotRepeat(sent: RepeatedRequest): Reason | undefined {
  const last = lastOf(sent);
  if (last === sent || isOverload(statusOf(sent))) return undefined;
  const [one, other] = [describeAnswer(sent.exchange), describeAnswer(last.exchange)];
  return isDoubted(last) || one === other ? undefined : onceThen(one, other);
}

/** Says that the same request got one answer first and another one later. */
export function onceThen(first: string, later: string): Reason {
  return because('not-repeated', { first, later });
}

/** True for a rejection, a redirect or a failure: without a cause, the unmodified key does not get these repeatedly. */
function isDoubted(sent: SentRequest): boolean {
  return isFailure(sent) || isRejected(sent) || isRedirect(statusOf(sent));
}

/** True for an error that is not JSON: something in front of the target may have sent it. */
function isErrorPage({ exchange: { response, failure } }: SentRequest): boolean {
  const isError = response !== undefined && response.status >= 400 && !isOverload(response.status);
  return isError && failure === undefined && !isJsonAnswer(answerKind(response));
}

function isRejected(sent: SentRequest): boolean {
  return [401, 403].includes(statusOf(sent) ?? 0);
}

function isFailure(sent: SentRequest): boolean {
  const status = statusOf(sent);
  if (status !== undefined) return isServerFailure(status);
  return ['broken', 'timeout'].includes(sent.exchange.failure?.kind ?? '');
}
