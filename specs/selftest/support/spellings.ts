const bytes = (text: string): number[] => [...Buffer.from(text)];
const padded = (code: number, radix: number, length: number): string =>
  code.toString(radix).padStart(length, '0');

/** The spellings of a secret that redaction promises to find, each with its name. */
export function spellingsOf(secret: string): readonly (readonly [how: string, text: string])[] {
  const hex = bytes(secret).map((byte) => padded(byte, 16, 2));
  const percent = hex.map((pair) => `%${pair}`).join('');
  const escapes = [...secret].map((one) => `\\u${padded(one.charCodeAt(0), 16, 4)}`).join('');
  const mixed = (text: string): string =>
    text.replace(/[a-f]/g, (one, at) => (at % 3 === 0 ? one.toUpperCase() : one));
  return [
    ['as it is', secret],
    ['in upper case', secret.toUpperCase()],
    ['in lower case', secret.toLowerCase()],
    ['reversed', [...secret].reverse().join('')],
    ['in the standard alphabet', secret.replaceAll('-', '+').replaceAll('_', '/')],
    ['with escaped slashes', secret.replaceAll('-', '+').replaceAll('_', '/').replaceAll('/', '\\/')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in base64, one character later', Buffer.from(`x${secret}`).toString('base64')],
    ['in base64, two characters later', Buffer.from(`:x${secret}`).toString('base64')],
    ['in base64 with percent-encoded signs', encodeURIComponent(Buffer.from(secret).toString('base64'))],
    ['percent-encoded', percent],
    ['percent-encoded in upper case', percent.toUpperCase()],
    ['percent-encoded in either case', mixed(percent)],
    [
      'percent-encoded here and there',
      secret.replace(/[aeiou019_-]/gi, (one) => `%${padded(one.charCodeAt(0), 16, 2)}`),
    ],
    ['percent-encoded twice', percent.replaceAll('%', '%25')],
    ['in hexadecimal', hex.join('')],
    ['in hexadecimal in upper case', hex.join('').toUpperCase()],
    ['in hexadecimal in either case', mixed(hex.join(''))],
    ['in hexadecimal with spaces', hex.join(' ')],
    ['in hexadecimal with colons', hex.join(':').toUpperCase()],
    ['in hexadecimal with dashes', hex.join('-')],
    ['in hexadecimal with spaces after four', hex.join('').replace(/.{4}/g, '$& ')],
    ['as a list of hexadecimal numbers', hex.map((pair) => `0x${pair}`).join(', ')],
    ['as a list of numbers', bytes(secret).join(',')],
    ['in \\x escapes', hex.map((pair) => `\\x${pair}`).join('')],
    [
      'in octal escapes',
      bytes(secret)
        .map((byte) => `\\${padded(byte, 8, 3)}`)
        .join(''),
    ],
    ['in \\u escapes', escapes],
    ['in \\u escapes in upper case', escapes.toUpperCase().replaceAll('\\U', '\\u')],
    [
      'in \\u escapes here and there',
      secret.replace(/[aeiou019_-]/gi, (one) => `\\u${padded(one.charCodeAt(0), 16, 4)}`),
    ],
    ['in \\u escapes that are escaped', escapes.replaceAll('\\', '\\\\')],
    ['in \\u{} escapes', [...secret].map((one) => `\\u{${one.charCodeAt(0).toString(16)}}`).join('')],
    ['in HTML entities', [...secret].map((one) => `&#${one.charCodeAt(0)};`).join('')],
    [
      'in hexadecimal HTML entities',
      [...secret].map((one) => `&#x${one.charCodeAt(0).toString(16)};`).join(''),
    ],
    ['quoted-printable', hex.map((pair) => `=${pair.toUpperCase()}`).join('')],
  ];
}

const standard = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/').toLowerCase();

/**
 * Searches texts for thirteen characters in a row of any of these secrets; for a key, everything except its JOSE header
 * is secret. Returns their spellings. This decodes the text, while redaction spells the secret, so each checks the
 * other.
 */
export function searchFor(secrets: readonly string[]): (text: string) => string[] {
  const windows = new Set<string>();
  for (const secret of secrets) {
    const [first = '', ...rest] = secret.split('.');
    for (const part of rest.length === 2 && first.startsWith('eyJ') ? rest : [secret]) {
      for (const spelled of [standard(part), [...standard(part)].reverse().join('')]) {
        for (let at = 0; at + 13 <= spelled.length; at += 1) windows.add(spelled.slice(at, at + 13));
      }
    }
  }
  const holds = (text: string): boolean => {
    const within = standard(text);
    for (let at = 0; at + 13 <= within.length; at += 1)
      if (windows.has(within.slice(at, at + 13))) return true;
    return false;
  };
  return (text) => {
    const found = new Set<string>();
    for (const [how, view] of readingsOf(text)) if (!found.has(how) && holds(view)) found.add(how);
    return [...found];
  };
}

/** The spellings of a secret in a text. */
export function leaksOf(text: string, secret: string): string[] {
  return searchFor([secret])(text);
}

/** What readers get if they decode a text in one way or another. */
function* readingsOf(text: string): Generator<readonly [how: string, text: string]> {
  yield ['as it is', text];
  let escaped = text;
  for (let round = 0; round < 3; round += 1) {
    escaped = escaped
      .replaceAll(/\\([0-3][0-7]{2})/g, (_whole, code: string) =>
        String.fromCharCode(Number.parseInt(code, 8)),
      )
      .replaceAll(/\\([\\/])/g, '$1')
      .replaceAll(
        /\\u\{?([0-9a-f]{2,4})\}?|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]+);|=([0-9a-f]{2})/gi,
        (...found) =>
          String.fromCharCode(
            Number.parseInt(
              found.slice(1, 6).find((one) => one !== undefined),
              16,
            ),
          ),
      )
      .replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));
    yield ['escaped', escaped];
  }
  for (const [stretch] of text.matchAll(/[0-9a-f](?:[\s:,-]*(?:0x)?[0-9a-f]){25,}/gi)) {
    const digits = stretch.replaceAll(/0x|[^0-9a-f]/gi, '');
    for (const skip of [0, 1])
      yield ['in hexadecimal', Buffer.from(digits.slice(skip), 'hex').toString('latin1')];
  }
  for (const [list] of text.matchAll(/\d{2,3}(?:[\s,]+\d{2,3}){12,}/g)) {
    yield ['in numbers', String.fromCharCode(...list.split(/[\s,]+/).map(Number))];
  }
  for (const source of [text, escaped]) {
    for (const [run] of source.matchAll(/[\w+/-]{20,}/g)) {
      for (const skip of [0, 1, 2, 3])
        yield ['in base64', Buffer.from(run.slice(skip), 'base64').toString('latin1')];
    }
  }
}
