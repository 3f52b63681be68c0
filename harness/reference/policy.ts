import type { JWK } from 'jose';
import { parseAuthorization, readCredential } from './credential.ts';
import { matchOperation } from './document.ts';
import { asClaims, type Keyring } from './keyring.ts';
import type {
  Answer,
  ApiRequest,
  Call,
  Claims,
  Credential,
  KeyRecord,
  Operation,
  Permission,
  Step,
  Via,
  Why,
} from './model.ts';
import type { Refusal } from './refusal.ts';

/** Every decision about a request is one small function. A fault overrides one or two of them. */
export interface Policy {
  /** The checks, in order. */
  readonly order: readonly Step[];
  findOperation(
    method: string,
    path: string,
    request: ApiRequest,
  ): { operation: Operation; params: Record<string, string> } | undefined;
  /** True if the caller has to come back later. */
  throttle(call: Call): boolean;
  /** The claims for a request that needs no key; undefined if it needs one. */
  exempt(call: Call, ring: Keyring): Claims | undefined | Promise<Claims | undefined>;
  /** Finds the key in a request; `parse` is `parseAuthorization` of the same policy. */
  readCredential(request: ApiRequest, parse: (value: string) => Credential): Credential | Promise<Credential>;
  /** Reads the value of a single Authorization line. */
  parseAuthorization(value: string): Credential;
  /** The content of a new key: its payload, and header members in addition to alg, kid and typ. */
  mint(claims: Claims): { readonly payload: object; readonly header?: Readonly<Record<string, unknown>> };
  /** The public key as the JWKS document has it. */
  publish(key: Readonly<JWK>): Readonly<JWK>;
  /** The claims of a verified payload. */
  read(payload: unknown, ring: Keyring): Claims | undefined;
  verify(token: string, ring: Keyring, call: Call): Promise<Claims | undefined>;
  isLive(key: KeyRecord | undefined, claims: Claims, call: Call): boolean;
  isExpired(claims: Claims, now: number): boolean;
  isHere(claims: Claims, environment: string): boolean;
  permissionOf(claims: Claims, request: ApiRequest): Permission;
  projectOf(claims: Claims, request: ApiRequest): string | Promise<string>;
  mayCall(permission: Permission, operation: Operation, request: ApiRequest): boolean | Promise<boolean>;
  /** True if a caller of a project can see an object. */
  sees(object: { readonly project_id: string }, project: string, via: Via): boolean;
  /** True if an item belongs to the product of the path. */
  isBelow(item: { readonly product_id: string }, productId: string): boolean;
  /** Called after a key was created; may affect other keys. */
  created(key: KeyRecord, ring: Keyring): void;
  /** Revokes a key; false if there is no active key with this id. */
  revoke(id: string, ring: Keyring): boolean;
  /** Replaces a key by its next generation; returns that generation and the new key. */
  rotate(key: KeyRecord, ring: Keyring): Promise<{ record: KeyRecord; key: string }>;
  statusOf(why: Why, call: Call): number;
  errorBody(status: number, refusal: Refusal, call: Call): unknown;
  /** The WWW-Authenticate field of a 401. */
  challenge(why: Why): string | undefined;
  /** Can change every answer before it is sent. */
  finish(answer: Answer, call: Call, why?: Why): Answer | Promise<Answer>;
}

const STATUSES: Readonly<Record<Why, number>> = {
  none: 401,
  malformed: 401,
  repeated: 400,
  unverified: 401,
  dead: 401,
  expired: 401,
  environment: 401,
  permission: 403,
  invalid: 400,
  missing: 404,
  rule: 422,
  throttled: 429,
};

const CODES: Readonly<Record<number, [code: string, message: string]>> = {
  401: ['unauthorized', 'A valid API key is required.'],
  403: ['forbidden', 'This API key does not allow this operation.'],
  404: ['not_found', 'There is no such thing in this project.'],
  429: ['too_many_requests', 'Come back later.'],
  422: ['unprocessable_entity', 'The request cannot be carried out.'],
};

/** Keeps the contract. */
export const honest: Policy = {
  order: ['authenticate', 'authorize', 'validate', 'locate', 'perform'],
  findOperation: matchOperation,
  throttle: () => false,
  exempt: () => undefined,
  readCredential,
  parseAuthorization,
  mint: (claims) => ({ payload: claims }),
  publish: (key) => key,
  read: asClaims,
  verify: async (token, ring) => ring.read(await ring.signer.verify(token)),
  isLive: (key, claims) => key !== undefined && !key.revoked && key.jti === claims.jti,
  isExpired: (claims, now) => claims.exp !== undefined && claims.exp <= now,
  isHere: (claims, environment) => claims.environment === environment,
  permissionOf: (claims) => claims.permission,
  projectOf: (claims) => claims.project,
  mayCall: (permission, operation) => permission === 'write' || operation.permission === 'read',
  sees: (object, project) => object.project_id === project,
  isBelow: (item, productId) => item.product_id === productId.toLowerCase(),
  created: () => undefined,
  revoke: (id, ring) => ring.revoke(id),
  rotate: async (key, ring) => {
    // Signs first, so that reading and replacing the current state happen in one step.
    const draft = ring.successor(key);
    const secret = await ring.sign(draft);
    const current = ring.find(key.id) ?? key;
    const record = { ...draft, retired: ring.successor(current).retired, revoked: current.revoked };
    ring.save(record);
    return { record, key: secret };
  },
  statusOf: (why) => STATUSES[why],
  errorBody: (status, refusal) => {
    if (status === 400)
      return { errors: refusal.details.length > 0 ? refusal.details : ['malformed request'] };
    const [error, message] = CODES[status] ?? ['error', 'The request failed.'];
    return { error, message: status === 422 ? refusal.details.join(' ') || message : message };
  },
  challenge: (why) => (why === 'none' ? 'Bearer realm="mufi"' : 'Bearer realm="mufi", error="invalid_token"'),
  finish: (answer) => ({ ...answer, headers: { 'cache-control': 'no-store', ...answer.headers } }),
};
