import type { Control } from './protocol.ts';

/** Key control that knows which of the keys it made are alive. */
export interface TrackedControl extends Control {
  /** Revokes what a run that was cut short left behind; gives up after so many milliseconds, never throws. */
  revokeLeftovers(milliseconds: number): Promise<void>;
}

/** Remembers every key from its creation to its revocation. Each passes `onKey` before anybody else has it. */
export function tracked(control: Control, onKey: (key: string) => void = () => undefined): TrackedControl {
  const alive = new Set<string>();
  const revokeKey = async (id: string): Promise<void> => {
    await control.revokeKey(id);
    alive.delete(id);
  };
  return {
    ...control,
    revokeKey,
    async createKey(request) {
      const made = await control.createKey(request);
      alive.add(made.id);
      onKey(made.key);
      return made;
    },
    async regenerateKey(id) {
      const next = await control.regenerateKey(id);
      onKey(next.key);
      return next;
    },
    async revokeLeftovers(milliseconds) {
      if (alive.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      await Promise.race([Promise.allSettled([...alive].map(revokeKey)), late]);
      clearTimeout(timer);
    },
  };
}
