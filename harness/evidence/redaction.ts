import type { TargetConfiguration } from '../model.ts';
import { createWindowIndex, windowLength } from './window-index.ts';

const mark = '‹redacted›';

/** Removes everything that came from a secret, by value. */
export interface Redactor {
  /** Takes a key or token; of a JWT everything but the JOSE header is secret. */
  add(secret: string): void;
  redact(text: string): string;
}

/**
 * A redactor that replaces every run of 13 characters or more that occurs in a known secret: as it is, in upper
 * or lower case, percent-encoded, in hexadecimal or in base64 at any alignment.
 */
export function createRedactor(): Redactor {
  const index = createWindowIndex();
  const whole = new Set<string>();
  const known = new Set<string>();

  return {
    add(secret) {
      if (known.has(secret)) return;
      known.add(secret);
      const pieces = withoutJoseHeader(secret);
      if (pieces.length < windowLength) {
        if (pieces.length >= 6) whole.add(pieces);
        return;
      }
      for (const form of new Set(spellings(pieces))) index.learn(form);
    },
    redact(text) {
      let result = text;
      for (const short of whole) result = result.replaceAll(short, mark);
      const hidden = index.find(result);
      return hidden === undefined ? result : hide(result, hidden);
    },
  };
}

/** A redactor that knows the keys that were supplied and the token of key control. */
export function redactorOf({ keys, control }: TargetConfiguration): Redactor {
  const redactor = createRedactor();
  for (const { value } of Object.values(keys)) redactor.add(value);
  if (control?.kind === 'url') redactor.add(control.token);
  return redactor;
}

/** A token with dots is a JWT only where its first part says so. */
function withoutJoseHeader(secret: string): string {
  const [header = '', ...rest] = secret.split('.');
  const isJwt = rest.length >= 2 && Buffer.from(header, 'base64url').toString('utf8').startsWith('{"');
  return isJwt ? rest.join('.') : secret;
}

function hide(text: string, hidden: Uint8Array): string {
  let result = '';
  for (let from = 0; from < text.length; ) {
    const to = hidden.indexOf(hidden[from] === 1 ? 0 : 1, from);
    const end = to === -1 ? text.length : to;
    result += hidden[from] === 1 ? mark : text.slice(from, end);
    from = end;
  }
  return result;
}

/** The ways in which a secret comes back from a server. */
function spellings(secret: string): string[] {
  const standard = secret.replaceAll('-', '+').replaceAll('_', '/');
  const aligned = [secret, standard].flatMap((text) =>
    [0, 1, 2].map((shift) => {
      const encoded = Buffer.from('\0'.repeat(shift) + text).toString('base64');
      return encoded.replace(/=+$/, '').slice(shift === 0 ? 0 : 4);
    }),
  );
  const percent = [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join('');
  return [
    secret,
    secret.toUpperCase(),
    secret.toLowerCase(),
    [...secret].reverse().join(''),
    standard,
    ...aligned,
    ...aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    percent,
    percent.toUpperCase(),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
  ];
}
