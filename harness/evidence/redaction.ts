/** Runs shorter than this may stand; a run of this length that is part of a secret never does. */
const windowLength = 13;
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
  const windows = new Set<string>();
  const whole = new Set<string>();
  const known = new Set<string>();
  /** Set where a secret holds characters that a run of key-like ones does not. */
  let unusual = false;

  const learn = (text: string): void => {
    for (let at = 0; at + windowLength <= text.length; at += 1)
      windows.add(text.slice(at, at + windowLength));
  };

  return {
    add(secret) {
      if (known.has(secret)) return;
      known.add(secret);
      const pieces = withoutJoseHeader(secret);
      if (pieces.length < windowLength) {
        if (pieces.length >= 6) whole.add(pieces);
        return;
      }
      unusual ||= !/^[\w.~+/%=-]+$/.test(pieces);
      for (const form of spellings(pieces)) learn(form);
    },
    redact(text) {
      let result = text;
      for (const short of whole) result = result.replaceAll(short, mark);
      if (windows.size === 0) return result;
      return unusual ? scrub(result, windows) : result.replace(keyLikeRun, (run) => scrub(run, windows));
    },
  };
}

/** A token with dots is a JWT only where its first part says so. */
function withoutJoseHeader(secret: string): string {
  const [header = '', ...rest] = secret.split('.');
  const isJwt = rest.length >= 2 && Buffer.from(header, 'base64url').toString('utf8').startsWith('{"');
  return isJwt ? rest.join('.') : secret;
}

/** Runs of characters that a JWT, its encodings and most tokens are made of; only they are looked at closely. */
const keyLikeRun = /[\w.~+/%=-]{13,}/g;

function scrub(text: string, windows: ReadonlySet<string>): string {
  let result = '';
  let copied = 0;
  let at = 0;
  while (at + windowLength <= text.length) {
    if (!windows.has(text.slice(at, at + windowLength))) {
      at += 1;
      continue;
    }
    let end = at + windowLength;
    while (end < text.length && windows.has(text.slice(end + 1 - windowLength, end + 1))) end += 1;
    result += text.slice(copied, at) + mark;
    copied = end;
    at = end;
  }
  return result + text.slice(copied);
}

/** The ways in which a secret comes back from a server. */
function spellings(secret: string): string[] {
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + secret)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : 4, -2);
  });
  const percent = [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join('');
  return [
    secret,
    secret.toUpperCase(),
    secret.toLowerCase(),
    [...secret].reverse().join(''),
    secret.replaceAll('-', '+').replaceAll('_', '/'),
    ...aligned,
    ...aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    percent,
    percent.toUpperCase(),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
  ];
}
