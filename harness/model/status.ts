/** What HTTP statuses mean to the suite (RFC 9110 section 15). */

/** 2xx. */
export function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Statuses that only an accepted request gets: a success, a protocol switch, or "not modified". */
export function isAccepted(status: number | undefined): boolean {
  return isSuccess(status) || status === 101 || status === 304;
}

/** 3xx except 304, which has no target. */
export function isRedirect(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 400 && status !== 304;
}

/** 5xx except 501: a server answers 501 to a method that it does not know, which is not a failure. */
export function isServerFailure(status: number | undefined): boolean {
  return status !== undefined && status >= 500 && status !== 501;
}

/** The target, or something in front of it, is overloaded (RFC 6585 section 4). */
export function isOverload(status: number | undefined): boolean {
  return status === 503 || status === 429;
}

/** A gateway got no valid answer, or none in time, from the server behind it (RFC 9110 sections 15.6.3 and 15.6.5). */
export function isGatewayFailure(status: number | undefined): boolean {
  return status === 502 || status === 504;
}
