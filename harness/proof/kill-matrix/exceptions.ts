import type { Algorithm } from '../../reference/signer.ts';
import { foreignShownOn } from './foreign-shown-on.ts';
import { create, event, item, onOperations, profile } from './on-operations.ts';

/** For faults that remember the previous request: operations that the controls do not use. */
const rightAfter: Readonly<Record<string, readonly string[]>> = {
  ...onOperations([event, 'GET /v1/events'], 'answers-kept-by-url', 'answers-kept-by-url-300-ms'),
  ...onOperations([profile, 'POST /v1/users/fetch'], 'answers-kept-by-body', 'answers-kept-by-body-300-ms'),
  ...onOperations(
    [event],
    'answer-shared-by-url',
    'static-answer-shared',
    'missing-kept',
    'missing-kept-300-ms',
    'refusal-kept-300-ms',
    'life-shared-by-key-id',
  ),
  ...onOperations([profile], 'answer-shared-by-body'),
  ...onOperations(
    [event, 'PUT /v1/events/update'],
    'write-replayed-before-authentication',
    'write-replayed-without-key',
    'write-replayed-to-other-project',
    'write-replayed-to-revoked-key',
    'write-replayed-to-old-key',
    'write-replayed-before-authorization',
    'idempotency-key-unchecked',
  ),
  ...onOperations(
    [event, 'PUT /v1/events/update'],
    'verdict-shared-by-request',
    'verdict-shared-by-key-header',
    'verdict-shared-by-content',
  ),
};

/**
 * If one read and one write operation do not show everything that a fault breaks: the operations that do. The version
 * is always among them, for the controls.
 */
export const shownOn: Readonly<Record<string, readonly string[]>> = {
  'options-public': [event],
  'options-answered-as-post': ['POST /v1/users/fetch'],
  'write-key-cannot-create': [create],
  'unauthorized-after-writing': [profile, create],
  'key-in-json-body': ['POST /v1/products'],
  'key-in-json-body-of-libraries': ['POST /v1/products'],
  'version-public': [],
  'transfer-unchecked': [`POST ${item}/transfer`],
  'permission-of-first-project-only': [create],
  'put-unchecked': ['PUT /v1/events/update', event],
  'balances-need-write': ['POST /v1/users/balances'],
  'write-key-cannot-read': ['POST /v1/users/activation'],
  'refused-writes-queued': [profile, create, 'PUT /v1/events/update', event],
  'refused-after-writing': [profile, create, 'POST /v1/events/create'],
  'lookup-before-permission': ['POST /v1/users/activate'],
  'one-read-ignores-revocation': ['POST /v1/users/fetch'],
  'one-write-ignores-revocation': ['POST /v1/products'],
  'new-key-refused-once': [`GET ${item}`],
  ...foreignShownOn,
  'head-ignores-revocation': [event],
  'project-from-header': [profile, event, 'GET /v1/events'],
  'project-from-query': [profile, event, 'GET /v1/events'],
  'project-from-body': [profile, 'POST /v1/users/fetch'],
  ...onOperations(['GET /v1/events'], 'lists-of-project-in-header', 'lists-of-project-in-query'),
  'unfiltered-users-listed': ['POST /v1/users/fetch'],
  'lists-of-project-in-body': ['POST /v1/users/fetch'],
  'success-with-wrong-type': ['POST /v1/users/activation'],
  'plain-http-writes-then-redirects': ['POST /v1/events/create', event],
  'unknown-id-crashes': [event, 'PUT /v1/events/update'],
  ...onOperations([event], 'real-etag-exempt', 'unsigned-get-believed'),
  ...onOperations(
    ['POST /v1/users/activation'],
    ...['access-token', 'api-key', 'token', 'jwt', 'auth-token', 'apikey', 'authorization'].map(
      (name) => `${name}-in-json`,
    ),
  ),
  ...onOperations(
    [profile, create, 'PUT /v1/events/update', event],
    'unsigned-refused-after-writing',
    'keyless-refused-after-writing',
    'revoked-refused-after-writing',
    'replaced-refused-after-writing',
    'foreign-refused-after-writing',
  ),
  ...onOperations(['POST /v1/products'], 'reader-creates-product', 'foreign-event-in-404-of-product'),
  ...onOperations(
    [event],
    'foreign-event-in-404-of-write-key',
    'event-kept-by-id',
    'life-shared-by-request',
    'event-by-reference-public',
  ),
  ...onOperations([`POST ${item}/items`], 'foreign-product-in-404-of-issue'),
  ...onOperations([profile], 'invalid-body-redirects', 'invalid-body-crashes'),
  ...onOperations([event, 'PUT /v1/events/update'], 'permission-shared-by-request'),
  ...onOperations(['POST /v1/users/balances'], 'first-project-reads-no-balances'),
  ...onOperations(['POST /v1/users/fetch'], 'other-project-lists-no-users'),
  ...onOperations(['POST /v1/products'], 'client-known-by-its-headers'),
  ...onOperations(
    [event, 'GET /v1/events'],
    'keyless-ids-looked-up',
    'options-runs-handler',
    'caller-kept-for-keyless',
  ),
  ...onOperations([profile, 'POST /v1/users/activation'], 'signature-flip-first-bit-accepted'),
  ...onOperations(
    ['POST /v1/users/activation'],
    'upper-case-recognised',
    'lower-case-recognised',
    'cut-key-recognised',
    'signature-flip-middle-bit-accepted',
  ),
  ...onOperations([], 'if-none-match-exempt', 'if-modified-since-exempt'),
  ...onOperations(
    ['PUT /v1/events/update', event],
    'method-post-public',
    'method-post-unchecked',
    'post-with-http-method-override',
    'post-with-method-parameter',
    'post-with-method-in-json',
    'post-with-method-in-form',
  ),
  ...onOperations(['POST /v1/users/activate'], 'get-with-method-in-json', 'method-get-unchecked'),
  ...onOperations([event, `GET ${item}`], 'read-key-deletes', 'anybody-deletes'),
  ...onOperations([`POST ${item}/items`], 'upper-case-id-unchecked'),
  ...rightAfter,
};

/** The algorithm of the keys, if a fault needs another one than EdDSA. */
export const signedWith: Readonly<Record<string, Algorithm>> = {
  'psychic-signature': 'ES256',
  'psychic-signature-by-order': 'ES256',
  'der-signature-accepted': 'ES256',
  'denylist-by-signature': 'ES256',
  'embedded-okp-jwk-trusted': 'ES256',
  'public-pkcs1-as-hmac-secret': 'RS256',
  'public-pkcs1-spelled-otherwise-is-secret': 'RS256',
  'public-der-is-secret': 'RS256',
  'encrypted-claims-believed': 'RS256',
  'inflated-without-bound': 'RS256',
  'encrypted-unsigned-believed': 'ES256',
  'encrypted-stripped-believed': 'RS256',
  'public-pem-in-other-lines-is-secret': 'RS256',
  'public-bytes-are-secret': 'ES256',
  'keys-signed-with-leaked-secret': 'HS256',
  'public-point-as-hmac-secret': 'ES256',
};

/** How long to wait, in milliseconds, before the owner reads again, if the effect of a fault comes late. */
export const pausesFor: Readonly<Record<string, number>> = { 'refused-writes-queued': 700 };

/**
 * Requirements that do not always detect a fault: it depends on timing and so on the speed of the machine, or on the
 * connection, which may have carried the key before.
 */
export const sometimesSeenBy: Readonly<Record<string, readonly string[]>> = {
  'answer-shared-by-url': [
    'token/three-segments',
    'presentation/two-lines-answered-consistently',
    'regeneration/respelled-old-key-rejected',
    'regeneration/caches-forget-at-once',
    'isolation/other-environment-rejected',
  ],
  'answer-shared-by-body': [
    // The answer goes to the next request with another key, and that may be one of another scenario.
    'isolation/nothing-foreign-by-name',
    'token/three-segments',
    'presentation/two-lines-answered-consistently',
    'regeneration/respelled-old-key-rejected',
    'regeneration/caches-forget-at-once',
    'isolation/other-environment-rejected',
  ],
  'verdict-shared-by-request': [
    'token/three-segments',
    'presentation/head-requires-key',
    'presentation/two-lines-answered-consistently',
    'isolation/other-environment-rejected',
  ],
  'verdict-shared-by-content': ['presentation/head-requires-key', 'token/three-segments'],
  'verdict-shared-by-key-header': [
    'token/signed-by-issuer',
    'token/three-segments',
    'presentation/head-requires-key',
    'presentation/two-lines-answered-consistently',
    'isolation/other-environment-rejected',
  ],
  'refused-once': ['regeneration/siblings-untouched'],
  // Whether an id in another spelling makes a body invalid is up to the operation.
  'invalid-body-redirects': ['isolation/nothing-foreign-by-name'],
  'invalid-body-crashes': ['isolation/nothing-foreign-by-name'],
  // A key that was revoked shortly before the end of the run is tried again at its end.
  'hot-key-outlives-revocation': ['regeneration/dead-stays-dead'],
  'unused-key-outlives-revocation': ['regeneration/dead-stays-dead'],
  'racing-regenerations-both-live': ['regeneration/dead-stays-dead'],
  'unknown-id-crashes': [
    'permissions/nothing-else-grants-permission',
    'permissions/other-methods-do-not-write',
  ],
  'slash-redirects-to-plain-http': ['presentation/respelled-path-not-redirected'],
  'client-known-by-its-headers': ['presentation/authorization-header-only', 'hygiene/key-not-echoed'],
  'signature-flip-first-bit-accepted': ['contract/bad-keys-answered-alike'],
  'stranger-with-same-key-id-believed': ['token/signature-verified', 'contract/bad-keys-answered-alike'],
  // What the fault wrote may change later answers.
  'refused-after-writing': ['permissions/read-key-does-not-write'],
  // What the fault deleted is missing later.
  'anybody-deletes': ['permissions/write-key-has-full-access', 'isolation/owner-keeps-access'],
  'refusal-kept-300-ms': [
    'contract/challenge-error-code',
    'token/key-survives-guesses',
    'isolation/foreign-looks-unknown',
  ],
  'answers-kept-by-url-300-ms': ['isolation/project-comes-from-key', 'isolation/foreign-looks-unknown'],
  'answers-kept-by-body-300-ms': ['isolation/project-comes-from-key', 'isolation/foreign-looks-unknown'],
  'connection-ignores-case': ['token/three-segments'],
  // The permission lasts for a short time, so it matters how soon the next request comes.
  'allowed-once': ['regeneration/identity-kept', 'regeneration/siblings-untouched'],
  'life-shared-by-key-id': ['regeneration/respelled-old-key-rejected', 'regeneration/caches-forget-at-once'],
  // An item can be transferred only once; whichever scenario comes first detects the fault.
  'transfer-unchecked': ['permissions/body-framing-is-no-bypass'],
  // Many keys that are tried in parallel may share a connection.
  'crowded-connection-mixes-keys': ['regeneration/many-keys-work'],
  // Two regenerations may run one after the other.
  // The keys are tried a moment after the last one was created.
  'created-key-late': ['regeneration/many-keys-work'],
  // A key that is revoked by the end of the run may or may not have been used before on this connection, or just
  // before.
  'connection-remembers-key': ['regeneration/dead-stays-dead'],
  'verdict-cached-500-ms': ['regeneration/dead-stays-dead', 'regeneration/respelled-old-key-rejected'],
  'verdict-cached-5-s': ['regeneration/dead-stays-dead'],
  'text-cached': ['regeneration/dead-stays-dead'],
  'verdict-cached-50-ms': ['regeneration/caches-forget-at-once', 'regeneration/revocation-at-once'],
  // How soon after the answer another scenario uses the key depends on the machine.
  'regeneration-follows-answer': [
    'regeneration/old-key-rejected-at-once',
    'regeneration/caches-forget-at-once',
    'regeneration/one-key-survives',
    'regeneration/dead-stays-dead',
  ],
  'revocation-follows-answer': ['regeneration/caches-forget-at-once', 'regeneration/dead-stays-dead'],
};

/** Variants that do not implement some operations: scenarios about these do not apply. */
export const incompleteVariants: readonly string[] = ['users-only', 'unknown-ids-hidden'];

/** The same as `shownOn`, for conformant variants. */
export const variantsShownOn: Readonly<Record<string, readonly string[]>> = {
  'unknown-ids-hidden': ['GET /v1/version', 'POST /v1/users/activate', 'POST /v1/users/activation'],
};
