/** Faults that keep a key alive and that several scenarios catch, by what outlives what. */

/** A regeneration leaves the old key alive, for ever or for a while. */
export const oldKeyLives = [
  'old-key-accepted',
  'old-key-has-grace',
  'old-key-lags',
  'regenerate-does-nothing',
] as const;

/** What a target remembers of a key that was used a moment ago. */
export const keyRemembered = [
  'verdict-cached-500-ms',
  'verdict-cached-5-s',
  'text-cached',
  'connection-remembers-key',
] as const;

/** One operation does not ask whether the key is alive, or whether there is one. */
export const oneOperationUnasked = [
  'one-read-ignores-revocation',
  'one-write-ignores-revocation',
  'version-public',
] as const;
