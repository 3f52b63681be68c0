import { defined } from '../../../model/defined.ts';
import { type Exchange, keySpellings, type Level } from '../../../model/index.ts';
import { headersOf } from '../judgement.ts';
import type { ObservedFinding } from './observed.ts';
import { withoutAddress } from './quoted-address.ts';
import { showsTrace } from './traces.ts';

const keyMaterial = /-----BEGIN [A-Z ]*PRIVATE KEY-----|"d"\s*:\s*"[A-Za-z0-9_-]{20,}"/;
/** Names of errors and packages that belong only to a JWT library. */
const libraryName =
  /\b(?:JsonWebTokenError|TokenExpiredError|NotBeforeError|JW[ST](?:SignatureVerificationFailed|ClaimValidationFailed|Expired|Invalid)|JOSEError|ERR_J(?:OSE|W[AEKST]+)_\w+|jsonwebtoken|PyJWT|golang-jwt|jose4j|jwt-go|IDX1\d{4}|SecurityToken\w*Exception|InvalidSignatureError)\b|io\.jsonwebtoken|com\.(?:auth0\.jwt|nimbusds)|Firebase\\+JWT|JWT::(?:Decode|Verification)Error/;
const shortestEcho = 16;

/** What an answer leaks: the presented key, internals, or a copy for caches and browsers. */
export function observeHygiene(exchange: Exchange): ObservedFinding[] {
  const { response } = exchange;
  if (response === undefined) return [];
  const text = `${response.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${response.body}`;
  const found: ObservedFinding[] = [];
  // TRACE must answer with the message that it got; a separate requirement checks the key in it.
  const isTrace = exchange.request.method === 'TRACE';
  const repeatsKey = (said: string): boolean =>
    !isTrace && exchange.presented.some((part) => part.length >= shortestEcho && containsSpelled(said, part));
  if (repeatsKey(text)) {
    const level: Level | undefined = repeatsKey(withoutAddress(text, exchange.request))
      ? undefined
      : 'SHOULD';
    const message =
      level === undefined
        ? 'the answer repeats the presented key or its signature'
        : 'the answer quotes the address of the request, and the key with it';
    found.push({ observation: 'key not echoed', kind: 'leak', message, ...defined({ level }) });
  }
  if (exchange.otherKey === true) {
    const message = `the answer ${response.status} shows a key of the run that the request did not hold`;
    found.push({ observation: 'no other key shown', kind: 'leak', message });
  }
  if (showsTrace(response.body)) {
    const message = `the body of ${response.status} shows a stack trace or a file path of the server`;
    found.push({ observation: 'no stack trace', kind: 'leak', message });
  }
  const library = libraryName.exec(response.body)?.[0];
  if (library !== undefined) {
    const message = `the body of ${response.status} names the library that verifies keys: ${library}`;
    found.push({ observation: 'no library named', kind: 'leak', message });
  }
  if (keyMaterial.test(text)) {
    const message = `the body of ${response.status} shows private key material`;
    found.push({ observation: 'no key material', kind: 'leak', message });
  }
  const cacheControl = headersOf(exchange, 'cache-control').join(',');
  if (response.status < 300 && /(^|[\s,])(public|s-maxage\s*=\s*"?[1-9])/i.test(cacheControl)) {
    const message = `shared caches may store a successful answer: Cache-Control is "${cacheControl}"`;
    found.push({ observation: 'not publicly cacheable', kind: 'unsafe-header', message });
  }
  const origin = headersOf(exchange, 'access-control-allow-origin').join(',');
  const credentials = headersOf(exchange, 'access-control-allow-credentials').join(',');
  const allowed = headersOf(exchange, 'access-control-allow-headers').join(',');
  const anyOrigin = origin === '*' || origin.includes('conformance.invalid');
  if (anyOrigin && (/true/i.test(credentials) || /authorization/i.test(allowed))) {
    const message = `CORS allows pages of every origin to send keys: Access-Control-Allow-Origin is "${origin}"`;
    found.push({ observation: 'no open cors', kind: 'unsafe-header', message });
  }
  return found;
}

function containsSpelled(text: string, part: string): boolean {
  return keySpellings.some((spell) => text.includes(spell(part)));
}
