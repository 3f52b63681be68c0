import {
  createHash,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';

/** A key as the server knows it. The claims of a key only decide which record is meant. */
export interface Grant {
  readonly id: string;
  readonly tenant: string;
  readonly mayWrite: boolean;
  readonly stage: string;
  /** Changes with every regeneration. */
  serial: string;
  readonly expiresAt: number | undefined;
  isRevoked: boolean;
}

/** What a new key should be. */
export interface GrantOrder {
  readonly tenant: string;
  readonly mayWrite: boolean;
  readonly stage?: string;
  readonly lifetime?: number | undefined;
  /** The key seems to have been issued this many seconds ago. */
  readonly age?: number;
}

const bearer = /^bearer +([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/i;

/** Issues keys signed with ES256, and decides which of them are valid now. */
export class KeyDesk {
  readonly #private: KeyObject;
  readonly #public: KeyObject;
  readonly #header: string;
  readonly #grants = new Map<string, Grant>();
  readonly #stage = 'staging';
  readonly publicJwk: JsonWebKey & { readonly kid: string };
  #ahead = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#private = privateKey;
    this.#public = publicKey;
    const kid = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex')
      .slice(0, 16);
    this.publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
    this.#header = encoded({ alg: 'ES256', typ: 'JWT', kid });
  }

  issue({ tenant, mayWrite, stage = this.#stage, lifetime, age = 0 }: GrantOrder): {
    grant: Grant;
    key: string;
  } {
    const expiresAt = lifetime === undefined ? undefined : this.now() + lifetime;
    const grant: Grant = {
      ...{ id: randomUUID(), tenant, mayWrite, stage, serial: randomUUID(), expiresAt, isRevoked: false },
    };
    this.#grants.set(grant.id, grant);
    return { grant, key: this.#sign(grant, age) };
  }

  /** A token for a person to log in elsewhere, signed with the same key. */
  ticket(): string {
    return this.#signed({ sub: randomUUID(), name: 'Somebody', iat: this.now(), exp: this.now() + 86_400 });
  }

  /** The grant that a key control request names; undefined if it is revoked. */
  active(id: string): Grant | undefined {
    const grant = this.#grants.get(id);
    return grant?.isRevoked === true ? undefined : grant;
  }

  regenerate(grant: Grant): string {
    grant.serial = randomUUID();
    return this.#sign(grant);
  }

  /** Unix seconds, on a clock that can be moved forward. */
  now(): number {
    return Math.floor(Date.now() / 1_000) + this.#ahead;
  }

  advance(seconds: number): number {
    this.#ahead += seconds;
    return this.now();
  }

  /** The owner of the key in an Authorization value; undefined unless the key is valid now. */
  grantOf(authorization: string): Grant | undefined {
    const [, header = '', payload = '', signature = ''] = bearer.exec(authorization) ?? [];
    // Only one header is accepted, letter by letter: a token cannot choose an algorithm, key or extension.
    if (header !== this.#header) return undefined;
    const bytes = Buffer.from(signature, 'base64url');
    if (bytes.toString('base64url') !== signature) return undefined;
    const signed = Buffer.from(`${header}.${payload}`);
    const key = { key: this.#public, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', signed, key, bytes)) return undefined;
    const { sub, jti } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const grant = typeof sub === 'string' ? this.active(sub) : undefined;
    if (grant === undefined || grant.serial !== jti || grant.stage !== this.#stage) return undefined;
    return grant.expiresAt !== undefined && grant.expiresAt <= this.now() ? undefined : grant;
  }

  #sign({ id, tenant, mayWrite, stage, serial, expiresAt }: Grant, age = 0): string {
    return this.#signed({
      ...{
        sub: id,
        jti: serial,
        tenant,
        scope: mayWrite ? 'read write' : 'read',
        stage,
        iat: this.now() - age,
      },
      ...(expiresAt === undefined ? {} : { exp: expiresAt }),
    });
  }

  #signed(claims: object): string {
    const payload = encoded(claims);
    const signed = `${this.#header}.${payload}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#private, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
