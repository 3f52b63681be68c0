/** Which parts of a key are secret, and in what form they may appear. */

/** Members of a JWK that only its owner may see (RFC 7518 section 6). */
export const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

/**
 * How an answer may repeat a key or a part of it: unchanged, percent-encoded, or in one of the two base64 alphabets.
 */
export const keySpellings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  (text) => Buffer.from(text).toString('base64url'),
];
