import type { Sent } from './send.ts';

/** A request, and the same once more where the first answer was a failure of the server. */
export interface SentTwice extends Sent {
  readonly again?: Sent;
}

/** Sends, and sends once more what a server fails on: a load balancer may fail once in thousands of requests. */
export async function confirmed(make: () => Promise<Sent>): Promise<SentTwice> {
  const sent = await make();
  return fails(sent) ? { ...sent, again: await make() } : sent;
}

/** The answer that counts where a request was sent once more. */
export function lastOf(sent: SentTwice): Sent {
  return sent.again ?? sent;
}

/** The request, and the one that followed where it failed. */
export function bothOf(sent: SentTwice): readonly Sent[] {
  return sent.again === undefined ? [sent] : [sent, sent.again];
}

/** Why a failure of the server that does not come again decides nothing; undefined where it comes again. */
export function failedOnce({ exchange, again }: SentTwice): string | undefined {
  if (again === undefined || fails(again)) return undefined;
  const { response, failure } = again.exchange;
  const then = response?.status ?? failure?.message ?? 'no answer';
  return onceThen(exchange.response?.status, then);
}

/** Says that a failure with this status was followed by something else. */
export function onceThen(status: number | undefined, then: string | number): string {
  return `${status} once, then ${then}: a failure that does not come again decides nothing; run it once more`;
}

/** 501 is the answer of a server that does not know a method, not of one that fails. */
export function isServerFailure(status: number | undefined): boolean {
  return status !== undefined && status >= 500 && status !== 501;
}

function fails({ exchange: { response } }: Sent): boolean {
  return isServerFailure(response?.status);
}
