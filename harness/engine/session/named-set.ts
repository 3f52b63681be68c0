import {
  type Fixture,
  type FixtureSet,
  isOtherProjectVariant,
  isRespelledVariant,
  type RequestVariant,
} from '../../model/index.ts';
import { mixedSet, namedByOthers, respelledSet, unknownSet } from '../matrix/fixture-sets.ts';
import type { Session } from './session.ts';

/** The objects that a request names: rejected requests have a separate set, so they disturb nobody. */
export function setFor({ state: { fixture, otherProject } }: Session, variant: RequestVariant): FixtureSet {
  if (variant === 'unknown-id') return unknownSet;
  if (variant === 'repeatable') return fixture.main;
  if (isOtherProjectVariant(variant)) return mixedSet(otherProject, namedByOthers(fixture, variant), variant);
  if (isRespelledVariant(variant)) return respelledSet(fixture.refused, variant);
  return variant in fixture ? fixture[variant as keyof Fixture] : fixture.refused;
}
