import { type Failure, type FailureCode, type FailureKind, failureCodes } from '../../model/index.ts';

/** An error of the probe itself. A recording keeps the code of an error, so a replay knows the reason as well. */
export class ProbeError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string = code) {
    super(message);
    this.code = code;
  }
}

interface Description {
  readonly kind: FailureKind;
  /** In our words: the text of the cause contains every request header. */
  readonly message: string;
  /** What the user does if nothing at all can be reached. */
  readonly nextStep: string;
}

const checkAddress = 'check MUFI_BASE_URL';
const renew = 'renew the certificate of the target';
const trust =
  'use a certificate of a public authority, or set NODE_EXTRA_CA_CERTS to the file of your own authority';

const streamEnds: Description = {
  kind: 'broken',
  message: 'the HTTP/2 stream ends before the answer is complete',
  nextStep: 'check the log of the target or of the proxy in front of it, and its limits for HTTP/2',
};
const closes: Description = {
  kind: 'broken',
  message: 'the connection is closed before the answer is complete',
  nextStep: `${checkAddress} (a port that expects https closes http connections), and the log of the target or of the proxy in front of it`,
};

function tls(why: string, nextStep: string): Description {
  return { kind: 'unreachable', message: `the TLS connection fails: ${why}`, nextStep };
}

const failures: Readonly<Record<FailureCode, Description>> = {
  silent: {
    kind: 'unreachable',
    message: 'nothing more is sent, because the target stopped answering',
    nextStep: 'check the health of the target, or give it more time with MUFI_TIMEOUT_MS',
  },
  'refused-connection': {
    kind: 'unreachable',
    message: 'the connection is refused',
    nextStep: `start the target, or ${checkAddress}: nothing listens on its port`,
  },
  'unknown-host': {
    kind: 'unreachable',
    message: 'the host name is unknown',
    nextStep: `${checkAddress} for a misspelt host name, or the DNS of this machine`,
  },
  'unreachable-host': {
    kind: 'unreachable',
    message: 'the host cannot be reached',
    nextStep: `${checkAddress}, and whether this machine has a route to the target (VPN, firewall)`,
  },
  'certificate-expired': tls('the certificate has expired', renew),
  'certificate-too-early': tls(
    'the certificate is not valid yet',
    `${renew}, or set the clock of this machine`,
  ),
  'certificate-of-other-host': tls(
    'the certificate is for another host name',
    `${checkAddress}, or let the certificate name this host`,
  ),
  'certificate-untrusted': tls(
    'the certificate is not signed by an authority that this machine trusts',
    trust,
  ),
  'not-tls': tls(
    'what answers does not speak TLS',
    `${checkAddress}: the port may expect http instead of https`,
  ),
  'client-certificate-required': tls(
    'the target asks for a client certificate, and the suite has none',
    'let the target, or the proxy in front of it, accept connections without a client certificate',
  ),
  'tls-version': tls(
    'the target offers no version that is still safe (TLS 1.2 or 1.3)',
    'enable TLS 1.2 or 1.3 on the target, or on the proxy in front of it',
  ),
  'tls-weak-key': tls(
    'a key of the target is too small, or the signature of its certificate is too weak',
    'use an RSA key of at least 2048 bits or an ECDSA key, and a signature with SHA-256',
  ),
  'tls-handshake': tls(
    'the target ends the handshake',
    'let the target accept connections without a client certificate and with the ciphers of TLS 1.2 or 1.3',
  ),
  tls: tls(
    'the certificate or protocol is not valid',
    `${checkAddress}, and the TLS configuration of the target`,
  ),
  timeout: {
    kind: 'timeout',
    message: 'no complete answer within {timeout} ms',
    nextStep: `${checkAddress} and the health of the target, or give it more time with MUFI_TIMEOUT_MS`,
  },
  'not-http-but-tls': {
    kind: 'broken',
    message: 'the answer is TLS, not HTTP',
    nextStep: `${checkAddress}: the port expects https instead of http`,
  },
  'long-header-section': {
    kind: 'broken',
    message: 'the header section of the answer is longer than 1 MiB',
    nextStep: `${checkAddress}: an API has short header sections`,
  },
  'not-http': {
    kind: 'broken',
    message: 'the answer is not valid HTTP',
    nextStep: `${checkAddress}: what listens there is not an HTTP server, or a broken one`,
  },
  'bad-coding': {
    kind: 'broken',
    message: 'the body does not have the encoding that Content-Encoding names',
    nextStep: 'fix the compression of the target or of the proxy in front of it',
  },
  'http2-not-selected': {
    kind: 'broken',
    message: 'the target no longer selects HTTP/2',
    nextStep: 'offer the same protocols on every front end of the target',
  },
  'stream-refused': streamEnds,
  'stream-reset': streamEnds,
  'closed-unanswered': closes,
  'closed-early': closes,
  'bad-request': {
    kind: 'suite',
    message: 'the suite built a request that its HTTP client rejects',
    nextStep: 'report it: this is a fault of the suite',
  },
  'not-readable': {
    kind: 'broken',
    message: 'the answer cannot be read',
    nextStep: `${checkAddress}, and the log of the target or of the proxy in front of it`,
  },
  'too-busy': {
    kind: 'rate-limited',
    message: 'the target accepts no more requests',
    nextStep:
      'exempt the machine that runs the suite from the rate limit, or find out what keeps the target busy; a lower MUFI_MAX_RPS does not help',
  },
  'long-wait': {
    kind: 'rate-limited',
    message: 'the target asks for a wait that is longer than MUFI_TIMEOUT_MS',
    nextStep: 'send less with MUFI_MAX_RPS, or wait longer with MUFI_TIMEOUT_MS',
  },
};

/** What Node and OpenSSL write; the first match counts. */
const patterns: readonly (readonly [RegExp, FailureCode])[] = [
  [/ECONNREFUSED/, 'refused-connection'],
  [/ENOTFOUND|EAI_AGAIN/, 'unknown-host'],
  [/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/, 'unreachable-host'],
  [/certificate has expired|CERT_HAS_EXPIRED/i, 'certificate-expired'],
  [/certificate is not yet valid|CERT_NOT_YET_VALID/i, 'certificate-too-early'],
  [/does not match certificate|ERR_TLS_CERT_ALTNAME/, 'certificate-of-other-host'],
  [
    /self.signed|unable to (verify|get)|certificate signature failure|UNABLE_TO_|SELF_SIGNED/i,
    'certificate-untrusted',
  ],
  [/wrong version number|packet length too long|http request/i, 'not-tls'],
  [
    /alert certificate required|CERTIFICATE_REQUIRED|peer did not return a certificate/i,
    'client-certificate-required',
  ],
  [/unsupported protocol|alert protocol version|version too low/i, 'tls-version'],
  [
    /(ee|ca|dh) key too small|(ca|ee) md too weak|modulus too small|(key|algorithm) too weak/i,
    'tls-weak-key',
  ],
  [/alert handshake failure|HANDSHAKE_FAILURE/i, 'tls-handshake'],
  [/certificate|CERT_|ERR_TLS|SSL|EPROTO|before secure TLS/i, 'tls'],
  [/timed? ?out|Timeout/i, 'timeout'],
  [/Header overflow|HPE_HEADER_OVERFLOW/, 'long-header-section'],
  [/Parse Error|HPE_/, 'not-http'],
  [/aborted|Premature|terminated/i, 'closed-early'],
  [/ECONNRESET|EPIPE|socket hang up/i, 'closed-unanswered'],
  [/Invalid character in header|Invalid URL|must be|is not a/, 'bad-request'],
];

/** Why a request got no response. `timeoutMs` was its time limit. */
export function describeFailure(error: unknown, timeoutMs: number): Failure {
  const code = codeOf(error);
  const { kind, message } = failures[code];
  return { kind, code, message: message.replace('{timeout}', String(timeoutMs)) };
}

/** A failure with its own words. */
export function failureOf(code: FailureCode, message: string): Failure {
  return { kind: failures[code].kind, code, message };
}

/** What to do about a failure, as a clause without a full stop. */
export function nextStepAfter({ code = 'not-readable' }: Failure): string {
  return failures[code].nextStep;
}

/** True if the connection ended before any byte of the response: the one case in which a request is sent again. */
export function diedBeforeResponse(error: unknown): boolean {
  return ['closed-unanswered', 'stream-refused'].includes(codeOf(error));
}

/** True if nothing listens: the request has not been sent. */
export function metNobody(error: unknown): boolean {
  return codeOf(error) === 'refused-connection';
}

function codeOf(error: unknown): FailureCode {
  const { code } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  const own = failureCodes.find((one) => one === code);
  const text = causeIn(error);
  return own ?? patterns.find(([pattern]) => pattern.test(text))?.[1] ?? 'not-readable';
}

/** The first line of an error. Below it is the request with all its headers, which must not be matched. */
function causeIn(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  // If a host has several addresses, only the code is known.
  return first === '' ? ((error as NodeJS.ErrnoException).code ?? '') : first;
}
