/** Faults that keep a key alive and that several scenarios catch, by what outlives what. */

/** A regeneration leaves the old key alive, for ever or for a while. */
export const oldKeyLives = [
  'old-key-accepted',
  'old-key-has-grace',
  'old-key-lags',
  'regenerate-does-nothing',
] as const;

/** One operation does not ask whether the key is alive, or whether there is one. */
export const oneOperationUnasked = [
  'one-read-ignores-revocation',
  'one-write-ignores-revocation',
  'version-public',
] as const;
