import type { FailureKind } from '../../model/index.ts';

/** Why a request got no response, in our words: the text of the cause contains every request header. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

interface Reason extends Failure {
  readonly pattern: RegExp;
  /** What the user does if nothing at all can be reached. */
  readonly nextStep: string;
}

const checkAddress = 'check MUFI_BASE_URL';
const renew = 'renew the certificate of the target';
const trust =
  'use a certificate of a public authority, or set NODE_EXTRA_CA_CERTS to the file of your own authority';

/** The first match counts. */
const reasons: readonly Reason[] = [
  {
    pattern: /^Silent: /,
    kind: 'unreachable',
    message: 'nothing more is sent, because the target stopped answering',
    nextStep: 'check the health of the target, or give it more time with MUFI_TIMEOUT_MS',
  },
  {
    pattern: /ECONNREFUSED/,
    kind: 'unreachable',
    message: 'the connection is refused',
    nextStep: `start the target, or ${checkAddress}: nothing listens on its port`,
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    kind: 'unreachable',
    message: 'the host name is unknown',
    nextStep: `${checkAddress} for a misspelt host name, or the DNS of this machine`,
  },
  {
    pattern: /EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/,
    kind: 'unreachable',
    message: 'the host cannot be reached',
    nextStep: `${checkAddress}, and whether this machine has a route to the target (VPN, firewall)`,
  },
  {
    pattern: /certificate has expired|CERT_HAS_EXPIRED/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the certificate has expired',
    nextStep: renew,
  },
  {
    pattern: /certificate is not yet valid|CERT_NOT_YET_VALID/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the certificate is not valid yet',
    nextStep: `${renew}, or set the clock of this machine`,
  },
  {
    pattern: /does not match certificate|ERR_TLS_CERT_ALTNAME/,
    kind: 'unreachable',
    message: 'the TLS connection fails: the certificate is for another host name',
    nextStep: `${checkAddress}, or let the certificate name this host`,
  },
  {
    pattern: /self.signed|unable to (verify|get)|certificate signature failure|UNABLE_TO_|SELF_SIGNED/i,
    kind: 'unreachable',
    message:
      'the TLS connection fails: the certificate is not signed by an authority that this machine trusts',
    nextStep: trust,
  },
  {
    pattern: /wrong version number|packet length too long|http request/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: what answers does not speak TLS',
    nextStep: `${checkAddress}: the port may expect http instead of https`,
  },
  {
    pattern: /alert certificate required|CERTIFICATE_REQUIRED|peer did not return a certificate/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the target asks for a client certificate, and the suite has none',
    nextStep: 'let the target, or the proxy in front of it, accept connections without a client certificate',
  },
  {
    pattern: /unsupported protocol|alert protocol version|version too low/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the target offers no version that is still safe (TLS 1.2 or 1.3)',
    nextStep: 'enable TLS 1.2 or 1.3 on the target, or on the proxy in front of it',
  },
  {
    pattern: /(ee|ca|dh) key too small|(ca|ee) md too weak|modulus too small|(key|algorithm) too weak/i,
    kind: 'unreachable',
    message:
      'the TLS connection fails: a key of the target is too small, or the signature of its certificate is too weak',
    nextStep: 'use an RSA key of at least 2048 bits or an ECDSA key, and a signature with SHA-256',
  },
  {
    pattern: /alert handshake failure|HANDSHAKE_FAILURE/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the target ends the handshake',
    nextStep:
      'let the target accept connections without a client certificate and with the ciphers of TLS 1.2 or 1.3',
  },
  {
    pattern: /certificate|CERT_|ERR_TLS|SSL|EPROTO|before secure TLS/i,
    kind: 'unreachable',
    message: 'the TLS connection fails: the certificate or protocol is not valid',
    nextStep: `${checkAddress}, and the TLS configuration of the target`,
  },
  {
    pattern: /timed? ?out|Timeout/i,
    kind: 'timeout',
    message: 'no complete answer within {timeout} ms',
    nextStep: `${checkAddress} and the health of the target, or give it more time with MUFI_TIMEOUT_MS`,
  },
  {
    pattern: /it speaks TLS/,
    kind: 'broken',
    message: 'the answer is TLS, not HTTP',
    nextStep: `${checkAddress}: the port expects https instead of http`,
  },
  {
    pattern: /Header overflow|HPE_HEADER_OVERFLOW/,
    kind: 'broken',
    message: 'the header section of the answer is longer than 1 MiB',
    nextStep: `${checkAddress}: an API has short header sections`,
  },
  {
    pattern: /Parse Error|HPE_/,
    kind: 'broken',
    message: 'the answer is not valid HTTP',
    nextStep: `${checkAddress}: what listens there is not an HTTP server, or a broken one`,
  },
  {
    pattern: /^Content-Encoding: /,
    kind: 'broken',
    message: 'the body does not have the encoding that Content-Encoding names',
    nextStep: 'fix the compression of the target or of the proxy in front of it',
  },
  {
    pattern: /^HTTP\/2: not selected/,
    kind: 'broken',
    message: 'the target no longer selects HTTP/2',
    nextStep: 'offer the same protocols on every front end of the target',
  },
  {
    pattern: /^HTTP\/2: /,
    kind: 'broken',
    message: 'the HTTP/2 stream ends before the answer is complete',
    nextStep: 'check the log of the target or of the proxy in front of it, and its limits for HTTP/2',
  },
  {
    pattern: /ECONNRESET|EPIPE|socket hang up|aborted|Premature|terminated/i,
    kind: 'broken',
    message: 'the connection is closed before the answer is complete',
    nextStep: `${checkAddress} (a port that expects https closes http connections), and the log of the target or of the proxy in front of it`,
  },
  {
    pattern: /Invalid character in header|Invalid URL|must be|is not a/,
    kind: 'suite',
    message: 'the suite built a request that its HTTP client rejects',
    nextStep: 'report it: this is a fault of the suite',
  },
];

const unknown: Omit<Reason, 'pattern'> = {
  kind: 'broken',
  message: 'the answer cannot be read',
  nextStep: `${checkAddress}, and the log of the target or of the proxy in front of it`,
};

/** Why a request got no response. `timeoutMs` was its time limit. */
export function describeFailure(error: unknown, timeoutMs: number): Failure {
  const text = causeIn(error);
  const { kind, message } = reasons.find(({ pattern }) => pattern.test(text)) ?? unknown;
  return { kind, message: message.replace('{timeout}', String(timeoutMs)) };
}

/** What to do about a failure from `describeFailure`, as a clause without a full stop. */
export function nextStepAfter(failure: Failure): string {
  if (failure.kind === 'rate-limited')
    return /MUFI_TIMEOUT_MS/.test(failure.message)
      ? 'send less with MUFI_MAX_RPS, or wait longer with MUFI_TIMEOUT_MS'
      : 'exempt the machine that runs the suite from the rate limit, or find out what keeps the target busy; a lower MUFI_MAX_RPS does not help';
  if (failure.kind === 'timeout')
    return reasons.find(({ kind }) => kind === 'timeout')?.nextStep ?? unknown.nextStep;
  return (reasons.find(({ message }) => message === failure.message) ?? unknown).nextStep;
}

/** True if the connection ended before any byte of the response: the one case in which a request is sent again. */
export function diedBeforeResponse(error: unknown): boolean {
  const text = causeIn(error);
  return /ECONNRESET|EPIPE|socket hang up|^HTTP\/2: refused/.test(text) && !/aborted|secure TLS/i.test(text);
}

/** True if nothing listens: the request has not been sent. */
export function metNobody(error: unknown): boolean {
  return /ECONNREFUSED/.test(causeIn(error));
}

/** The first line of an error. Below it is the request with all its headers, which must not be matched. */
function causeIn(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  // If a host has several addresses, only the code is known.
  return first === '' ? ((error as NodeJS.ErrnoException).code ?? '') : first;
}
