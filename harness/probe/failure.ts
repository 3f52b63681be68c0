import type { FailureKind } from '../model.ts';

/** Why a request got no response, in our words: the text of the cause holds every request header. */
export function describeFailure(
  error: unknown,
  timeoutMs: number,
): { readonly kind: FailureKind; readonly message: string } {
  const text = causeIn(error);
  if (/ECONNREFUSED/.test(text)) return { kind: 'unreachable', message: 'the connection is refused' };
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return { kind: 'unreachable', message: 'the host name is not known' };
  if (/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/.test(text)) {
    return { kind: 'unreachable', message: 'the host cannot be reached' };
  }
  if (/certificate|CERT_|self.signed|ERR_TLS|SSL|EPROTO/i.test(text)) {
    return {
      kind: 'unreachable',
      message: 'the TLS connection fails: the certificate or protocol is not valid',
    };
  }
  if (/timed? ?out|Timeout/i.test(text)) {
    return { kind: 'timeout', message: `no complete answer within ${timeoutMs} ms` };
  }
  if (/Parse Error|HPE_/.test(text)) return { kind: 'broken', message: 'the answer is not valid HTTP' };
  if (/ECONNRESET|EPIPE|socket hang up|aborted|Premature|terminated/i.test(text)) {
    return { kind: 'broken', message: 'the connection is closed before the answer is complete' };
  }
  if (/Invalid character in header|Invalid URL|must be|is not a/.test(text)) {
    return { kind: 'suite', message: 'the suite built a request that its HTTP client refuses' };
  }
  return { kind: 'broken', message: 'the answer cannot be read' };
}

/** True where the connection died before any byte of the response, the one case that is sent again. */
export function diedBeforeResponse(error: unknown): boolean {
  const text = causeIn(error);
  return /ECONNRESET|EPIPE|socket hang up/.test(text) && !/aborted/i.test(text);
}

/** The first line of an error: below it stands the request with all its headers, whose words mean nothing here. */
function causeIn(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first;
}
