/** What the statuses of HTTP mean to the suite (RFC 9110 section 15). */

/** 2xx. */
export function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Statuses that only an accepted request gets: a success, a switch of protocols, or "you have it already". */
export function isAccepted(status: number | undefined): boolean {
  return isSuccess(status) || status === 101 || status === 304;
}

/** 3xx but 304, which points nowhere. */
export function isRedirect(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 400 && status !== 304;
}

/** 5xx but 501, which is the answer of a server that does not know a method and not of one that fails. */
export function isServerFailure(status: number | undefined): boolean {
  return status !== undefined && status >= 500 && status !== 501;
}

/** The target, or something in front of it, has too much to do (RFC 6585 section 4). */
export function isOverload(status: number | undefined): boolean {
  return status === 503 || status === 429;
}
