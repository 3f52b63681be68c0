/**
 * How an answer may repeat a key or a part of it: unchanged, percent-encoded, or in one of the two base64 alphabets.
 */
export const keySpellings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  (text) => Buffer.from(text).toString('base64url'),
];
