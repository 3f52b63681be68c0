import { readingsOf } from './readings.ts';
import { createWindowIndex, type WindowIndex, windowLength } from './window-index.ts';

const mark = '‹redacted›';
const [longestSeen, mostSeen] = [512, 4096];

/** Removes everything that comes from a secret, by value. */
export interface Redactor {
  /** Adds a key or token; in a JWT everything except the JOSE header is secret. */
  add(secret: string): void;
  redact(text: string): string;
  /**
   * The same for a text that the suite wrote, apart from the parts that came from outside: what is inside `own` stays.
   */
  redactOutside(text: string, own: readonly string[]): string;
  /** Adds what the other processes of the run learned in the meantime, if there are any. */
  refresh(): void;
}

/**
 * A redactor that replaces every run of 13 characters or more that occurs in a known secret: as it is, in upper or
 * lower case, reversed, percent-encoded, in hexadecimal (with or without separators), in base64 at any alignment, in
 * escapes of JSON, HTML or quoted-printable, or as a list of numbers. A run inside one of `own` (texts that the suite
 * sends to everybody) reveals nothing and stays.
 */
export function createRedactor(own: readonly string[] = []): Redactor {
  const index = createWindowIndex();
  const whole = new Set<string>();
  const known = new Set<string>();
  /** Learned when the next text is redacted: not every redactor of a run is used after each new key. */
  const pending: string[] = [];
  /** Thousands of exchanges have the same headers and short bodies. */
  const seen = new Map<string, string>();

  const learnPending = (): void => {
    for (const secret of pending.splice(0)) {
      for (const form of new Set(spellings(secret))) index.learn(form);
    }
  };
  const redact = (text: string): string => {
    learnPending();
    if (text.length > longestSeen) return redactOutside(text, own);
    const before = seen.get(text);
    if (before !== undefined) return before;
    const result = redactOutside(text, own);
    if (seen.size >= mostSeen) seen.clear();
    seen.set(text, result);
    return result;
  };
  const redactOutside = (text: string, texts: readonly string[]): string => {
    learnPending();
    let result = text;
    for (const short of whole) {
      if (!texts.some((one) => one.includes(short))) result = result.replaceAll(short, mark);
    }
    const hidden = hiddenIn(result, index);
    return hidden === undefined ? result : hide(result, hidden, texts);
  };

  return {
    add(secret) {
      if (known.has(secret)) return;
      known.add(secret);
      seen.clear();
      const pieces = withoutJoseHeader(secret);
      if (pieces.length < windowLength) {
        if (pieces.length >= 6) whole.add(pieces);
        return;
      }
      pending.push(pieces);
    },
    redact,
    redactOutside: (text, texts) => redactOutside(text, [...own, ...texts]),
    refresh: () => undefined,
  };
}

/** One byte for each character: 1 if it belongs to a secret, as it is or decoded. */
function hiddenIn(text: string, index: WindowIndex): Uint8Array | undefined {
  let hidden = index.find(text);
  for (const reading of index.isEmpty ? [] : readingsOf(text)) {
    const found = index.find(reading.text);
    for (let at = found?.indexOf(1) ?? -1; found !== undefined && at !== -1; at = found.indexOf(1, at)) {
      const next = found.indexOf(0, at);
      const end = next === -1 ? found.length : next;
      hidden ??= new Uint8Array(text.length);
      hidden.fill(1, reading.from[at], reading.to[end - 1]);
      at = end;
    }
  }
  return hidden;
}

/** A token with dots is a JWT only if its first part is a JOSE header. */
function withoutJoseHeader(secret: string): string {
  const [header = '', ...rest] = secret.split('.');
  const isJwt = rest.length >= 2 && Buffer.from(header, 'base64url').toString('utf8').startsWith('{"');
  return isJwt ? rest.join('.') : secret;
}

function hide(text: string, hidden: Uint8Array, own: readonly string[]): string {
  let result = '';
  for (let from = 0; from < text.length; ) {
    const to = hidden.indexOf(hidden[from] === 1 ? 0 : 1, from);
    const end = to === -1 ? text.length : to;
    const piece = text.slice(from, end);
    result += hidden[from] === 1 && !own.some((one) => one.includes(piece)) ? mark : piece;
    from = end;
  }
  return result;
}

/** The spellings in which a server may return a secret. */
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
