/** A catalogue with the size and tone of the real one, for reports without a run. */

import type { Profile } from '../../../harness/model/index.ts';

export interface SampleRequirement {
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD';
  readonly profile: Profile;
  readonly sentence: string;
  readonly advice: string;
  readonly scenarios: readonly string[];
}

type Row = readonly [name: string, level: 'MUST' | 'SHOULD', sentence: string, scenarios: string];

const families: Readonly<Record<string, { profile: Profile; advice: string; rows: readonly Row[] }>> = {
  presentation: {
    profile: 'core',
    advice: 'Read the key from one Authorization header with the Bearer scheme and from nowhere else.',
    rows: [
      [
        'key-required',
        'MUST',
        'A request without a key is rejected with 401.',
        'no Authorization header; empty header; Bearer alone',
      ],
      [
        'client-literals',
        'MUST',
        'The texts that broken clients send in place of a key are rejected.',
        'null; undefined; [object Object]; {{token}}; $MUFI_API_KEY',
      ],
      [
        'scheme-bearer',
        'MUST',
        'A valid key under another scheme is rejected.',
        'Basic; Token; JWT; ApiKey; Digest; no scheme',
      ],
      ['not-in-query', 'MUST', 'A valid key in the query is rejected.', 'access_token; api_key; token'],
      ['not-in-body', 'MUST', 'A valid key in the body is rejected.', 'form body; JSON body'],
      ['not-in-cookie', 'MUST', 'A valid key in a cookie is rejected.', 'cookie named token'],
      [
        'not-in-other-headers',
        'MUST',
        'A valid key in any other header is rejected.',
        'X-Api-Key; X-Access-Token; X-Forwarded-Authorization; Proxy-Authorization',
      ],
      [
        'exact-value',
        'MUST',
        'A valid key with anything around it is rejected.',
        'quotes; trailing garbage; percent-encoded; two keys with a comma',
      ],
      ['separator', 'MUST', 'Only a space separates scheme and key.', 'tab; no-break space; no separator'],
      [
        'two-lines',
        'SHOULD',
        'Two Authorization lines are answered with 400 or 401.',
        'valid then read; read then valid',
      ],
      [
        'two-lines-agree',
        'MUST',
        'The same two Authorization lines get the same answer every time.',
        'ten times in a row',
      ],
      [
        'illegal-syntax',
        'SHOULD',
        'An illegal header line is answered with 400.',
        'space before the colon; obs-fold; control byte',
      ],
      [
        'case-insensitive',
        'MUST',
        'Header name and scheme are accepted in any case.',
        'authorization: bearer; AUTHORIZATION: BEARER',
      ],
      [
        'large-header',
        'MUST',
        'A header section beyond any limit is refused without a server error.',
        '64 KiB; 1 MiB',
      ],
      [
        'unknown-path',
        'SHOULD',
        'An unknown path without a key reveals no more than 401.',
        'unknown resource; unknown version',
      ],
    ],
  },
  token: {
    profile: 'core',
    advice: 'Verify the signature with a fixed list of algorithms before you read any claim.',
    rows: [
      [
        'structure',
        'MUST',
        'A key that is not three base64url segments is rejected.',
        'two segments; four segments; empty parts; JSON serialisation',
      ],
      [
        'signature-verified',
        'MUST',
        'A key whose signature does not verify is rejected with 401.',
        'one bit of the signature flipped; signature stripped; zero bytes; random bytes; ten times as long; cut from another key; signed by a stranger with the same kid',
      ],
      [
        'algorithm-none',
        'MUST',
        'A key that names the algorithm none is rejected.',
        'none; None; NONE; nOnE; none with the old signature',
      ],
      [
        'algorithm-fixed',
        'MUST',
        'A key that names another algorithm than its own is rejected.',
        'HS256 with an empty secret; HS256 with "secret"; alg is a number; alg is missing',
      ],
      [
        'algorithm-confusion',
        'MUST',
        'A public key is not taken for an HMAC secret.',
        'PEM; DER; JWK; raw bytes',
      ],
      ['psychic-signature', 'MUST', 'A blank ECDSA signature is rejected.', 'r and s are zero'],
      ['embedded-key', 'MUST', 'A key inside the header is not trusted.', 'jwk; jku; x5u; x5c'],
      [
        'key-id',
        'MUST',
        'The key id cannot be used to choose or to inject a key.',
        'unknown; path traversal; SQL; a number; 8 KiB',
      ],
      ['critical', 'MUST', 'An unknown critical header parameter is rejected.', 'crit; b64'],
      ['type', 'SHOULD', 'A key of another declared type is rejected.', 'typ is JWE; cty is JWT'],
      [
        'payload-signed',
        'MUST',
        'A changed payload is rejected.',
        'read turned into write; another project; a claim added',
      ],
      ['payload-json', 'MUST', 'A payload that is not JSON is rejected.', 'text; array; duplicate members'],
      ['large', 'MUST', 'A huge key is refused without a server error.', '8 KiB; 64 KiB'],
    ],
  },
  permissions: {
    profile: 'core',
    advice: 'Check the permission of the key in one place, before the content of the request is looked at.',
    rows: [
      ['read-key-reads', 'MUST', 'A read key succeeds on every read operation.', 'read key'],
      [
        'read-key-forbidden',
        'MUST',
        'A read key gets 403 on every write operation.',
        'valid body; body with extra members',
      ],
      [
        'read-key-order',
        'SHOULD',
        'A read key gets 403 before the content of the request is checked.',
        'invalid body; unknown id',
      ],
      [
        'no-trace',
        'MUST',
        'A refused write leaves no trace.',
        'created things are looked up; changed things are looked up',
      ],
      ['write-key-works', 'MUST', 'A write key succeeds on every operation.', 'write key'],
      [
        'method-override',
        'MUST',
        'Method override headers and parameters change nothing.',
        'X-HTTP-Method-Override; X-Method-Override; _method',
      ],
      [
        'path-spelling',
        'MUST',
        'Another spelling of a path is no way around the permission.',
        'double slash; dot segment; upper case; encoded letter; trailing slash; path parameter',
      ],
      ['original-url', 'MUST', 'Headers that rewrite the URL are ignored.', 'X-Original-URL; X-Rewrite-URL'],
      ['content-type', 'MUST', 'The content type is no way around the permission.', 'text/plain; form; none'],
    ],
  },
  expiry: {
    profile: 'lifecycle',
    advice: 'Do not put an expiry into keys, and do not demand one.',
    rows: [
      ['no-exp', 'SHOULD', 'The supplied keys carry no expiry.', 'claims of the supplied keys'],
      ['long-lived', 'MUST', 'A key that was issued long ago works still.', 'long-lived key'],
      ['ten-years', 'MUST', 'A key works after ten years.', 'clock moved by ten years'],
      [
        'explicit',
        'MUST',
        'A key with an explicit expiry dies after it and not before.',
        'one second before; one second after',
      ],
    ],
  },
  regeneration: {
    profile: 'lifecycle',
    advice: 'Look every key up by its id in the store that regeneration writes to; do not cache the answer.',
    rows: [
      ['revoked-key', 'MUST', 'A revoked key is rejected on every operation.', 'revoked key'],
      ['old-key-dead', 'MUST', 'After regeneration the old key is rejected at once.', 'write key; read key'],
      ['new-key-works', 'MUST', 'After regeneration the new key works at once.', 'write key; read key'],
      ['identity-kept', 'MUST', 'Regeneration keeps id, project and permission.', 'description of the key'],
      [
        'warm-caches',
        'MUST',
        'A key that was used just before regeneration is rejected after it.',
        'used twenty times on kept-alive connections',
      ],
      [
        'respelled',
        'MUST',
        'Another spelling of a dead key is rejected.',
        'unused bits; padding; standard alphabet; n minus s',
      ],
      ['concurrent', 'MUST', 'Two regenerations at once leave one live key.', 'two at once'],
      [
        'siblings',
        'MUST',
        'Regenerating one key leaves the others alone.',
        'sibling of a regenerated key; sibling of a revoked key',
      ],
      [
        'linearizable',
        'MUST',
        'No request that begins after the answer to a regeneration succeeds with the old key.',
        'eight connections hammering',
      ],
      ['replicas', 'MUST', 'Every replica rejects the old key.', 'all base URLs'],
    ],
  },
  isolation: {
    profile: 'isolation',
    advice: 'Put the project of the key into every query; never trust an id from a request alone.',
    rows: [
      [
        'reads',
        'MUST',
        'A key sees nothing of another project.',
        'by id; by reference id; by e-mail; in lists',
      ],
      ['writes', 'MUST', 'A key changes nothing of another project.', 'ids in the path; ids in the body'],
      ['owner', 'MUST', 'The owner still sees what others tried to reach.', 'owner looks again'],
      ['environment', 'MUST', 'A key of another environment is rejected.', 'key of another environment'],
    ],
  },
  contract: {
    profile: 'core',
    advice: 'Answer every refusal from one error handler that writes the documented body.',
    rows: [
      ['documented-status', 'MUST', 'Every status is documented for its operation.', 'every exchange'],
      ['body-schema', 'MUST', 'Every body is valid against the documented schema.', 'every exchange'],
      ['json', 'MUST', 'Every body is declared as JSON.', 'every exchange'],
      ['one-refusal', 'SHOULD', 'Every kind of bad key gets the same error body.', 'every bad key'],
      ['challenge', 'SHOULD', 'Every 401 carries a challenge.', 'every exchange'],
      ['challenge-parses', 'SHOULD', 'Every challenge parses.', 'every exchange'],
      ['no-redirect', 'MUST', 'No answer is a redirect.', 'every exchange'],
      ['no-server-error', 'MUST', 'No answer is a server error.', 'every exchange'],
    ],
  },
  hygiene: {
    profile: 'core',
    advice: 'Keep what a client presents out of answers and logs.',
    rows: [
      ['no-echo', 'MUST', 'The presented key never comes back.', 'every exchange'],
      ['no-stack-trace', 'SHOULD', 'No answer shows a stack trace.', 'every exchange'],
      ['no-key-material', 'MUST', 'No answer shows key material.', 'every exchange'],
      ['not-cacheable', 'SHOULD', 'A success is not kept by shared caches.', 'every exchange'],
      ['cors', 'SHOULD', 'Pages of other origins are not invited to send keys.', 'every exchange'],
    ],
  },
  transport: {
    profile: 'transport',
    advice: 'Serve the API over HTTPS only.',
    rows: [
      ['https', 'MUST', 'The target is reached over HTTPS with a valid certificate.', 'certificate'],
      ['plain-http', 'MUST', 'Plain HTTP does not process a key.', 'port 80'],
      ['hsts', 'SHOULD', 'Answers carry Strict-Transport-Security.', 'every exchange'],
    ],
  },
};

/** In the order of the catalogue. */
export const sampleRequirements: readonly SampleRequirement[] = Object.entries(families).flatMap(
  ([family, { profile, advice, rows }]) =>
    rows.map(([name, level, sentence, scenarios]) => ({
      id: `${family}/${name}`,
      level,
      profile,
      sentence,
      advice,
      scenarios: scenarios.split('; '),
    })),
);
