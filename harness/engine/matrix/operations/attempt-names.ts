import type { FixtureSet } from '../../../model/index.ts';

/** Names of what a traced request would make. */
export interface AttemptNames {
  readonly userEmail: string;
  readonly userReference: string;
  readonly eventReference: string;
}

/**
 * What a request that has to be refused would make is called after its marker: nobody has made it before, so that it is
 * there only if this very request was carried out. A key of another project may make users, in its own: it names one
 * that is there.
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
