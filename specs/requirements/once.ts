/**
 * A header that says that a request is a repetition of another one with the same value. Each use has a value of its
 * own: with another body a server may reject the same value (409, 422).
 */
export const onceAs = (use: string): Readonly<Record<'Idempotency-Key', string>> => ({
  'Idempotency-Key': `conformance ${use} {method} {path}`,
});
