import type { ControlledKey } from './protocol.ts';

/** A key that key control has revoked or replaced. */
export interface DeadKey extends ControlledKey {
  readonly died: 'regenerated' | 'revoked';
}

/** The keys of a run that were revoked or replaced. */
export interface Ledger {
  made(key: ControlledKey): void;
  /** The active keys with this id. */
  of(id: string): readonly ControlledKey[];
  /** Marks keys with this id as revoked or replaced; all of them, or those in `which`. */
  ended(id: string, died: DeadKey['died'], which?: readonly ControlledKey[]): void;
  /** In the order in which they ended. A key that key control returned again later is active. */
  dead(): readonly DeadKey[];
}

/** Creates an empty ledger. */
export function createLedger(): Ledger {
  const living = new Map<string, ControlledKey>();
  const dead = new Map<string, DeadKey>();
  const of = (id: string): ControlledKey[] => [...living.values()].filter((key) => key.id === id);
  return {
    made(key) {
      living.set(key.key, key);
      dead.delete(key.key);
    },
    of,
    ended(id, died, which = of(id)) {
      for (const key of which) {
        living.delete(key.key);
        dead.set(key.key, { ...key, died });
      }
    },
    dead: () => [...dead.values()],
  };
}
