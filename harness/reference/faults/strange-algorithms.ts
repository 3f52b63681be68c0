import type { TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const breaks = 'A token with an unknown algorithm is rejected, and not accepted without verification.';

/** By the id of the scenario: the algorithms that the server does not know how to verify. */
const STRANGE: Readonly<Record<string, (alg: unknown, header: TokenParts['header']) => boolean>> = {
  missing: (_, header) => !('alg' in header) && 'kid' in header,
  empty: (alg) => alg === '',
  null: (alg) => alg === null,
  number: (alg) => typeof alg === 'number',
  boolean: (alg) => alg === true || alg === false,
  array: (alg) => Array.isArray(alg),
  object: (alg) => typeof alg === 'object' && alg !== null && !Array.isArray(alg),
  unknown: (alg) => /^HS(?!256|384|512)\d+$/.test(String(alg)),
  encryption: (alg, header) => alg === 'dir' && 'enc' in header,
  path: (alg) => String(alg).includes('/'),
  long: (alg) => String(alg).length > 1_000,
  // Like a table of verifiers that is a plain object: every object has a `constructor`, and calling it does not throw.
  prototype: (alg) => typeof alg === 'string' && typeof ({} as Record<string, unknown>)[alg] === 'function',
};

/** Faults of servers that verify only algorithms that they know, and accept the rest. */
export const strangeAlgorithms: readonly Fault[] = Object.entries(STRANGE).map(([id, isIt]) => ({
  ...trusting(
    `algorithm-${id}-unverified`,
    breaks,
    ({ header, segments, signature }) =>
      segments.length === 3 && signature !== '' && isIt(header.alg, header),
  ),
  caughtBy: [`token/algorithm-fixed-by-server/${id}`],
}));
