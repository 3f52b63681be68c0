import { setTimeout as sleep } from 'node:timers/promises';
import { createLedger, type DeadKey } from './ledger.ts';
import { type Control, ControlError, type ControlledKey } from './protocol.ts';

/** Key control that knows which of its keys are active. */
export interface TrackedControl extends Control {
  /** The keys that it created and that have ended, in the order in which they ended. */
  deadKeys(): Promise<readonly DeadKey[]>;
  /**
   * From now on no key is created. Revokes all keys that are left, including those that are being created; gives up
   * after a limited time, never throws. Repeated calls share the same work. `others`: ids of keys that another process or
   * thread created.
   */
  revokeLeftovers(others?: readonly string[]): Promise<void>;
  /** The ids of its active keys. */
  activeKeys(): readonly string[];
}

/** How long to wait for keys that are being created, and then for revocations; milliseconds. */
export interface Deadlines {
  readonly creationsMs: number;
  readonly revocationsMs: number;
}
/** An interrupted run must end soon, whatever key control does. */
const deadlines: Deadlines = { creationsMs: 5000, revocationsMs: 5000 };
const rounds = 3;
const pauseMs = 200;

/** Remembers every key from its creation to its revocation. `onKey` gets each key before any other code. */
export function tracked(
  control: Control,
  onKey: (key: string) => void = () => undefined,
  { creationsMs, revocationsMs } = deadlines,
): TrackedControl {
  const active = new Set<string>();
  const ledger = createLedger();
  const underWay = new Set<Promise<unknown>>();
  let ending: Promise<void> | undefined;
  let isLate = false;

  const revokeKey = async (id: string): Promise<void> => {
    await control.revokeKey(id);
    active.delete(id);
    ledger.ended(id, 'revoked');
  };
  const remember = (id: string): void => {
    active.add(id);
    // Nobody waits any more, but while the process runs, the key can still be revoked.
    if (isLate) revokeKey(id).catch(() => undefined);
  };
  const make = async (call: () => Promise<ControlledKey>): Promise<ControlledKey> => {
    if (ending !== undefined) throw new ControlError('the run is ending, so no new key is created');
    const work = call().then(
      (made) => {
        onKey(made.key);
        ledger.made(made);
        remember(made.id);
        return made;
      },
      (error: unknown) => {
        if (error instanceof ControlError && error.madeId !== undefined) remember(error.madeId);
        throw error;
      },
    );
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const revokeAll = async (): Promise<void> => {
    for (let round = 0; round < rounds && active.size > 0; round += 1) {
      if (round > 0) await sleep(pauseMs);
      await Promise.allSettled([...active].map(revokeKey));
    }
  };
  const release = async (): Promise<void> => {
    const early = within(revocationsMs, revokeAll());
    await within(creationsMs, Promise.allSettled(underWay));
    await early;
    await within(revocationsMs, revokeAll());
    isLate = true;
  };
  return {
    ...control,
    revokeKey,
    createKey: (request) => make(() => control.createKey(request)),
    regenerateKey: (id) =>
      make(async () => {
        const before = ledger.of(id);
        const made = await control.regenerateKey(id);
        ledger.ended(id, 'regenerated', before);
        return made;
      }),
    deadKeys: async () => ledger.dead(),
    activeKeys: () => [...active],
    revokeLeftovers(others = []) {
      for (const id of others) active.add(id);
      ending ??= release();
      return ending;
    },
  };
}

/** Waits for work, but at most this many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
