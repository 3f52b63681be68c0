import { matchOperation } from '../document.ts';
import type { Call, Claims, KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { knownRing } from './ring.ts';

/** A revoked key works this many milliseconds longer here. */
const whileMs = 2_000;
const shortMs = 80;
const atOnce = 'regeneration/old-key-rejected-at-once';
const caches = 'regeneration/caches-forget-at-once';

interface Life {
  readonly key: KeyRecord;
  readonly claims: Claims;
  readonly diedMs: number;
  /** How often the key was accepted on each operation. */
  readonly uses: ReadonlyMap<string, number>;
}

/** True if the key was never used and was replaced at most once. */
const isUnused = ({ uses, key }: Life): boolean => uses.size === 0 && key.retired.length < 2;
const isHot = ({ uses }: Life): boolean => [...uses.values()].filter((count) => count >= 10).length >= 2;
/** True if the key was used on several operations, once on each. */
const isUsedOnce = ({ uses }: Life): boolean =>
  uses.size >= 2 && [...uses.values()].every((count) => count === 1);
const wasReplaced = ({ key }: Life): boolean => !key.revoked;

interface Row {
  readonly id: string;
  readonly scenario: string;
  readonly survives: (life: Life) => boolean;
  readonly onReplica?: true;
  /** How many milliseconds it survives; default: `whileMs`. */
  readonly livesMs?: number;
}

const rows: readonly Row[] = [
  {
    id: 'unused-write-key-outlives-regeneration',
    scenario: `${atOnce}/write-key`,
    survives: (life) => isUnused(life) && wasReplaced(life) && life.key.permission === 'write',
  },
  {
    id: 'unused-read-key-outlives-regeneration',
    scenario: `${atOnce}/read-key`,
    survives: (life) => isUnused(life) && wasReplaced(life) && life.key.permission === 'read',
  },
  {
    id: 'replica-hears-of-no-unused-regeneration',
    scenario: `${atOnce}/on-every-replica`,
    survives: (life) => isUnused(life) && wasReplaced(life),
    onReplica: true,
  },
  {
    id: 'unused-key-outlives-revocation',
    scenario: 'regeneration/revocation-at-once/write-key',
    survives: (life) => isUnused(life) && !wasReplaced(life) && life.key.permission === 'write',
  },
  {
    id: 'replica-hears-of-no-unused-revocation',
    scenario: 'regeneration/revocation-at-once/on-every-replica',
    survives: (life) => isUnused(life) && !wasReplaced(life),
    onReplica: true,
  },
  {
    id: 'hot-key-outlives-regeneration',
    scenario: `${caches}/warmed-then-regenerated`,
    survives: (life) => isHot(life) && wasReplaced(life),
  },
  {
    id: 'hot-key-outlives-revocation',
    scenario: `${caches}/warmed-then-revoked`,
    survives: (life) => isHot(life) && !wasReplaced(life),
  },
  {
    id: 'used-key-outlives-regeneration-80-ms',
    scenario: `${caches}/used-then-regenerated`,
    survives: (life) => isUsedOnce(life) && wasReplaced(life),
    livesMs: shortMs,
  },
  {
    id: 'used-key-outlives-revocation-80-ms',
    scenario: `${caches}/used-then-revoked`,
    survives: (life) => isUsedOnce(life) && !wasReplaced(life),
    livesMs: shortMs,
  },
];

/** Faults that let a revoked key work depending on its earlier use, and faults of one key among many. */
export const unusedKeys: readonly Fault[] = [
  ...rows.map(({ id, scenario, survives, onReplica, livesMs = whileMs }): Fault => {
    const change = (policy: Policy): Partial<Policy> => outliving(policy, survives, livesMs);
    return {
      id,
      breaks: 'A key is revoked at once, however often it was used.',
      caughtBy: [scenario],
      ...(onReplica === undefined ? { override: change } : { replica: change }),
    };
  }),
  {
    id: 'fresh-read-key-writes',
    breaks: 'A key has its permission from the moment it is created.',
    caughtBy: ['regeneration/created-key-works-at-once/read-key-writing'],
    override: (policy) => {
      const fresh = new Set<string>();
      return {
        isLive: (key, claims, call) => {
          if (key?.supplied === false && key.retired.length === 0) fresh.add(claims.jti);
          return policy.isLive(key, claims, call);
        },
        permissionOf: (claims, request) =>
          fresh.has(claims.jti) && isWrite(request) ? 'write' : policy.permissionOf(claims, request),
      };
    },
  },
  {
    id: 'fresh-write-key-late',
    breaks: 'A key works from the moment it is created.',
    caughtBy: ['regeneration/created-key-works-at-once/write-key'],
    override: (policy) => {
      let ended = 0;
      let advanced = 0;
      const made = new Map<string, number>();
      const end = <T>(value: T): T => {
        ended = Date.now();
        return value;
      };
      return {
        created: (key, ring) => {
          if (key.project === ring.home()?.project) made.set(key.id, Date.now());
          policy.created(key, ring);
        },
        rotate: (key, ring) => end(policy.rotate(key, ring)),
        revoke: (id, ring) => end(policy.revoke(id, ring)),
        verify: (text, ring, call) => {
          advanced = ring.now() - Date.now() / 1_000;
          return policy.verify(text, ring, call);
        },
        isLive: (key, claims, call) => {
          const at = made.get(key?.id ?? '') ?? 0;
          const isFresh = key?.retired.length === 0 && claims.exp === undefined && ended < at;
          const isLate = isFresh && Date.now() - at < whileMs && advanced < 10;
          return policy.isLive(key, claims, call) && !(isLate && claims.permission === 'write');
        },
      };
    },
  },
  refusedRead(
    'first-project-reads-no-balances',
    'permissions/read-key-reads/every-read-operation',
    'getUserBalances',
    true,
  ),
  refusedRead(
    'other-project-lists-no-users',
    'isolation/own-project-accessible/read-key',
    'fetchUsers',
    false,
  ),
];

function isWrite({ method, path }: Call['request']): boolean {
  return matchOperation(method, path)?.operation.permission === 'write';
}

/** Counts what each generation of a key was accepted for, and lets some revoked ones work. */
function outliving(policy: Policy, survives: Row['survives'], livesMs: number): Partial<Policy> {
  const uses = new Map<string, Map<string, number>>();
  const revoked = new Map<string, number>();
  return {
    revoke: (id, ring) => {
      revoked.set(id, Date.now());
      return policy.revoke(id, ring);
    },
    isLive: (key, claims, call) => {
      const used = uses.get(claims.jti) ?? new Map<string, number>();
      if (policy.isLive(key, claims, call)) {
        const operation = call.operation?.operationId ?? '';
        uses.set(claims.jti, used.set(operation, (used.get(operation) ?? 0) + 1));
        return true;
      }
      if (key === undefined || key.supplied) return false;
      const diedMs = key.revoked
        ? (revoked.get(key.id) ?? Date.now())
        : (key.retired.find(({ jti }) => jti === claims.jti)?.at ?? 0);
      return Date.now() - diedMs < livesMs && survives({ key, claims, diedMs, uses: used });
    },
  };
}

/** The supplied read keys of the first project, or of all other projects, are rejected on one read operation. */
function refusedRead(id: string, scenario: string, operationId: string, isFirst: boolean): Fault {
  return {
    id,
    breaks: 'A read key succeeds on every read operation.',
    caughtBy: [scenario],
    override: (policy) => {
      const { verify, ring } = knownRing(policy);
      return {
        verify,
        projectOf: (claims, request) => {
          const isIt = matchOperation(request.method, request.path)?.operation.operationId === operationId;
          const isHome = ring()?.home()?.project === claims.project;
          const isSupplied = ring()?.find(claims.sub)?.supplied === true;
          if (isIt && claims.permission === 'read' && isSupplied && isHome === isFirst)
            throw new Refusal('permission');
          return policy.projectOf(claims, request);
        },
      };
    },
  };
}
