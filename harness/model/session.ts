/** What a run works with: keys, and the objects in the target that requests name. */

import type { Permission } from './terms.ts';

/** A supplied or newly created key, with what is known of it. */
export interface Key {
  readonly value: string;
  /** Environment variable that a person exports to replay it. */
  readonly variable: string;
  readonly description: string;
  /** Id in key control, for keys that the suite created. */
  readonly controlId?: string;
  readonly projectId?: string;
  readonly permission?: Permission;
}

export type FixtureThing = 'user' | 'event' | 'product' | 'item';

/** One set of objects that requests name; `label` distinguishes the sets. */
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
  /** What the suite could create or find in the target; ids of other objects are placeholders. */
  readonly known: readonly FixtureThing[];
}

/**
 * The objects of the suite in the target: valid keys write to `main`, rejected keys to `refused`. Each scenario that
 * reads before and after a rejected write has its own set, so no other scenario disturbs it.
 */
export interface Fixture {
  readonly main: FixtureSet;
  readonly refused: FixtureSet;
  readonly 'traced-read': FixtureSet;
  readonly 'traced-forged': FixtureSet;
  readonly 'traced-nobody': FixtureSet;
  readonly 'traced-foreign': FixtureSet;
}
