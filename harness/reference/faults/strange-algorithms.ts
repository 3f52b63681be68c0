import type { TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const breaks = 'What names no algorithm of the issuer is refused, and not left unverified.';

/** By the scenario that shows it: which algorithm of a header a server does not know what to do about. */
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
  // As of a table of verifiers that is a plain object: each has a constructor, which throws nothing.
  prototype: (alg) => typeof alg === 'string' && typeof ({} as Record<string, unknown>)[alg] === 'function',
};

/** Faults of servers that verify only by an algorithm that they know. */
export const strangeAlgorithms: readonly Fault[] = Object.entries(STRANGE).map(([id, isIt]) => ({
  ...trusting(
    `algorithm-${id}-unverified`,
    breaks,
    ({ header, segments, signature }) =>
      segments.length === 3 && signature !== '' && isIt(header.alg, header),
  ),
  caughtBy: [`token/algorithm-fixed-by-server/${id}`],
}));
