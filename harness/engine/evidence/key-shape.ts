import { createHash } from 'node:crypto';
import * as z from 'zod';

const claimsSchema = z.json();

/** What evidence contains of a key, so that a stand-in behaves like it: only the form of payload and signature. */
export const keyShapeSchema = z.strictObject({
  /** The JOSE header exactly as in the key: algorithm and key id, which are not secret. */
  header: z.string(),
  /** Claims with a mark in place of each value; equal values have equal marks. */
  claims: claimsSchema,
  signatureLength: z.number().int().nonnegative(),
  /** Keys with the same name are the same key. */
  name: z.string(),
});
export type KeyShape = z.infer<typeof keyShapeSchema>;

/** Describes the shapes of keys. Marks and names are numbered, so they only show whether a value occurred before. */
export interface KeyShapes {
  shapeOf(key: string): KeyShape;
}

export function createKeyShapes(prefix: string): KeyShapes {
  const marks = new Map<string, string>();
  const names = new Map<string, string>();
  const markOf = (value: unknown): string => {
    const text = String(value);
    const known = marks.get(text) ?? `value ${marks.size + 1}${/write/i.test(text) ? ' (write)' : ''}`;
    marks.set(text, known);
    return known;
  };
  const anonymous = (value: unknown): z.infer<typeof claimsSchema> => {
    if (Array.isArray(value)) return value.map(anonymous);
    if (typeof value !== 'object' || value === null) return markOf(value);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, anonymous(inner)]));
  };
  return {
    shapeOf(key) {
      const [header = '', payload = '', signature = ''] = key.split('.');
      const name = names.get(key) ?? `${prefix}-${names.size + 1}`;
      names.set(key, name);
      return { header, claims: anonymous(claimsOf(payload)), signatureLength: signature.length, name };
    },
  };
}

/** A stand-in of the same shape: it can be forged like the key, and no server accepts it. */
export function standInFor({ header, claims, signatureLength, name }: KeyShape): string {
  const rounds = Math.ceil(signatureLength / 80);
  const digests = Array.from({ length: rounds }, (_, round) =>
    createHash('sha512').update(`${name} ${round}`).digest('base64url'),
  );
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${header}.${payload}.${digests.join('').slice(0, signatureLength)}`;
}

function claimsOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return {};
  }
}
