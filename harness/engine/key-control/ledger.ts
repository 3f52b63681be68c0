import type { ControlledKey } from './protocol.ts';

/** A key that key control has ended. */
export interface DeadKey extends ControlledKey {
  readonly died: 'regenerated' | 'revoked';
}

/** Which keys of a run are dead. */
export interface Ledger {
  made(key: ControlledKey): void;
  /** The keys with this id that live. */
  of(id: string): readonly ControlledKey[];
  /** Ends keys with this id; all of them, unless it is said which. */
  ended(id: string, died: DeadKey['died'], which?: readonly ControlledKey[]): void;
  /** In the order in which they died. A key that was answered again later lives. */
  dead(): readonly DeadKey[];
}

/** Opens an empty one. */
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
