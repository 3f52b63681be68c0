import type { FixtureSet } from '../../../model/index.ts';

/** Names for what a traced request would create. */
export interface AttemptNames {
  readonly userEmail: string;
  readonly userReference: string;
  readonly eventReference: string;
}

/**
 * The marker names what a request would create that must be rejected. No other request uses the name, so the object
 * exists only if this request was carried out. A key of another project may create users in its own project, so it
 * names an existing one.
 */
export function attemptNames({ label, ...set }: FixtureSet, marker: string): AttemptNames {
  const [run] = /[0-9a-f]{10}$/.exec(marker) ?? [];
  const attempt = `attempt${run === undefined ? '' : `-${run}`}`;
  const eventReference = `${set.eventReference}-${attempt}`;
  if (run === undefined || label === 'traced-foreign') return { ...set, eventReference };
  return {
    userEmail: set.userEmail.replace('@', `-${attempt}@`),
    userReference: `${set.userReference}-${attempt}`,
    eventReference,
  };
}
