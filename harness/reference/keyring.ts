import { randomUUID } from 'node:crypto';
import type { Claims, KeyRecord, Permission } from './model.ts';
import type { Signer } from './signer.ts';

/** What a new key is made from. `age`: issued this many seconds ago. */
export interface KeyOrder {
  readonly project: string;
  readonly permission: Permission;
  readonly environment?: string;
  readonly expiresIn?: number;
  readonly age?: number;
  readonly supplied?: boolean;
}

/** How claims become a key, and how they are read back; the policy decides. */
export interface KeyFormat {
  mint(claims: Claims): { readonly payload: object; readonly header?: Readonly<Record<string, unknown>> };
  read(payload: unknown, ring: Keyring): Claims | undefined;
}

/** The issued keys, and the clock that decides about their expiry. */
export class Keyring {
  readonly signer: Signer;
  readonly environment: string;
  readonly #records = new Map<string, KeyRecord>();
  readonly #minting: KeyFormat;
  #advanced = 0;
  #home: KeyRecord | undefined;

  constructor(signer: Signer, environment: string, format: KeyFormat) {
    this.signer = signer;
    this.#minting = format;
    this.environment = environment;
  }

  /** Unix seconds on the movable clock. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.#advanced;
  }

  advance(seconds: number): number {
    this.#advanced += Math.max(0, seconds);
    return this.now();
  }

  find(id: string): KeyRecord | undefined {
    return this.#records.get(id);
  }

  all(): readonly KeyRecord[] {
    return [...this.#records.values()];
  }

  async issue(order: KeyOrder): Promise<{ record: KeyRecord; key: string }> {
    const issuedAt = this.now() - (order.age ?? 0);
    const record: KeyRecord = {
      id: randomUUID(),
      project: order.project,
      permission: order.permission,
      environment: order.environment ?? this.environment,
      jti: randomUUID(),
      issuedAt,
      ...(order.expiresIn === undefined ? {} : { expiresAt: issuedAt + order.expiresIn }),
      revoked: false,
      supplied: order.supplied ?? false,
      retired: [],
    };
    const key = await this.sign(record);
    this.save(record);
    this.#home ??= record;
    return { record, key };
  }

  /** The next generation of a key, not stored yet. */
  successor(record: KeyRecord): KeyRecord {
    const retired = [...record.retired, { jti: record.jti, at: Date.now() }];
    return { ...record, jti: randomUUID(), issuedAt: this.now(), retired };
  }

  sign(record: KeyRecord): Promise<string> {
    const { payload, header } = this.#minting.mint(claimsOf(record));
    return this.signer.sign(payload, header);
  }

  /** The claims of a verified payload. */
  read(payload: unknown): Claims | undefined {
    return this.#minting.read(payload, this);
  }

  save(record: KeyRecord): void {
    this.#records.set(record.id, record);
  }

  revoke(id: string): boolean {
    const record = this.#records.get(id);
    if (record === undefined || record.revoked) return false;
    this.save({ ...record, revoked: true, revokedAt: Date.now() });
    return true;
  }

  /** The claims of the first key, which is the write key of the first project. */
  home(): Claims | undefined {
    return this.#home && claimsOf(this.#home);
  }
}

/** The claims of a key, from its record. */
export function claimsOf(record: KeyRecord): Claims {
  return {
    sub: record.id,
    jti: record.jti,
    project: record.project,
    permission: record.permission,
    environment: record.environment,
    iat: record.issuedAt,
    ...(record.expiresAt === undefined ? {} : { exp: record.expiresAt }),
  };
}

/** A verified payload as claims, if it has all of them. */
export function asClaims(payload: unknown): Claims | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { sub, jti, project, permission, environment, iat, exp } = payload as Record<string, unknown>;
  const texts = [sub, jti, project, environment].every((value) => typeof value === 'string');
  const level = permission === 'read' || permission === 'write';
  const times = typeof iat === 'number' && (exp === undefined || typeof exp === 'number');
  return texts && level && times ? (payload as Claims) : undefined;
}
