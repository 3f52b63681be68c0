/** What a run holds in its hands: keys, and the things in the target that requests name. */

import type { Permission } from './terms.ts';

/** A long-lived or freshly made key with what is known of it. */
export interface Key {
  readonly value: string;
  /** Environment variable that a person exports to replay it. */
  readonly variable: string;
  readonly description: string;
  /** Id in key control, for keys that the suite made itself. */
  readonly controlId?: string;
  readonly projectId?: string;
  readonly permission?: Permission;
}

export type FixtureThing = 'user' | 'event' | 'product' | 'item';

/** One set of things that requests name; `label` tells the sets apart. */
export interface FixtureSet {
  readonly label: string;
  readonly eventId: string;
  readonly eventReference: string;
  readonly userId: string;
  readonly userEmail: string;
  readonly userReference: string;
  readonly secondUserId: string;
  readonly secondUserEmail: string;
  readonly productId: string;
  readonly itemId: string;
  /** What the target let the suite make or find; ids of other things are placeholders. */
  readonly known: readonly FixtureThing[];
}

/**
 * What the suite keeps in the target: `main` is written to by valid keys, `refused` by keys that are refused. Each
 * scenario that looks before and after a refused write has a set of its own, so that no other disturbs it.
 */
export interface Fixture {
  readonly main: FixtureSet;
  readonly refused: FixtureSet;
  readonly 'traced-read': FixtureSet;
  readonly 'traced-forged': FixtureSet;
  readonly 'traced-nobody': FixtureSet;
  readonly 'traced-foreign': FixtureSet;
}
