/** How an answer may repeat a key, or a piece of one: as it is, percent-encoded, and in the two alphabets of base64. */
export const keySpellings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  (text) => Buffer.from(text).toString('base64url'),
];
