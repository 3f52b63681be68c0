/** What code must know about words of the catalogue. A new word gets its row here, because the tables are complete. */

import type { Expectation, Preparation } from './catalogue.ts';
import {
  type OtherProjectVariant,
  otherProjectVariants,
  type RequestVariant,
  type RespelledVariant,
  respelledVariants,
} from './request-variants.ts';

/** The correct answer of an expectation; neither member: anything but some answers. */
export interface DueAnswer {
  readonly status?: number;
  /** Any success. */
  readonly accepted?: true;
}

export const dueAnswers: Readonly<Record<Expectation, DueAnswer>> = {
  unauthorized: { status: 401 },
  'unauthorized, 400 tolerated': { status: 401 },
  'unauthorized, leniency tolerated': { status: 401 },
  'unauthorized, or too large': { status: 401 },
  'unauthorized, or no such path': { status: 401 },
  forbidden: { status: 403 },
  'forbidden, order of checks tolerated': { status: 403 },
  accepted: { accepted: true },
  'accepted, 401 undecided': { accepted: true },
  'not found': { status: 404 },
  'nothing of another project': { status: 404 },
  'nothing unnamed of another project': { status: 404 },
  'shows nothing of the project': {},
  'refused as malformed': { status: 400 },
  'not let in': {},
  'no way in': {},
  'no redirect': {},
  'key not repeated': {},
  'no server error': {},
  'no such operation': {},
  observed: {},
};

/** What a preparation does with the key that it creates. */
export interface PreparationSteps {
  readonly regenerates?: true;
  /** How often it uses the key on every operation before the key is revoked or replaced. */
  readonly uses?: number;
  /** It waits, for a short time at most, until the target rejects the unmodified key. */
  readonly untilRejected?: true;
}

/** So many uses that every cache of the target knows the key. */
const warm = 20;

export const preparationSteps: Readonly<Record<Preparation, PreparationSteps>> = {
  'fresh write key': {},
  'fresh read key': {},
  'regenerated write key': { regenerates: true },
  'regenerated read key': { regenerates: true },
  'used and regenerated write key': { uses: 1, regenerates: true },
  'used and regenerated read key': { uses: 1, regenerates: true },
  'used and revoked write key': { uses: 1 },
  'used and regenerated write key, when it is rejected': { uses: 1, regenerates: true, untilRejected: true },
  'revoked write key': {},
  'revoked read key': {},
  'twice regenerated write key': { regenerates: true },
  'regenerated and revoked write key': { regenerates: true },
  'revoked successor of a write key': {},
  'revoked write key and a later one': {},
  'warmed and regenerated write key': { uses: warm, regenerates: true },
  'warmed and revoked write key': { uses: warm },
  'sibling of a regenerated key': { regenerates: true },
  'sibling of a revoked key': {},
  'key before its expiry': {},
  'key past half of its life': {},
  'key after its expiry': {},
  'key after ten years': {},
};

/** True for requests that name one object of another project among objects of the own one. */
export function isOtherProjectVariant(variant: RequestVariant): variant is OtherProjectVariant {
  return (otherProjectVariants as readonly RequestVariant[]).includes(variant);
}

/** True for requests that spell the names of objects in another way. */
export function isRespelledVariant(variant: RequestVariant): variant is RespelledVariant {
  return (respelledVariants as readonly RequestVariant[]).includes(variant);
}
