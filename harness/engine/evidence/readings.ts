/** A text as somebody reads it after decoding; each character knows its position in the original text. */
export interface Reading {
  readonly text: string;
  /** Where each character begins and ends in the original text. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const escapes =
  /%u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|=([0-9a-f]{2})|&#(\d{1,7});|\\([0-3][0-7]{2})|\\([\\/])/gi;
const rounds = 3;
/** Digits with at most a few characters between them: at least 13 digits, the length that is searched for. */
const hexadecimal = /[0-9a-f](?:(?:[\s:,;_.-]|\\x|0x){0,4}[0-9a-f]){12,}/gi;
const separated = /[^0-9a-f]|0x/gi;
const numbers = /\d{2,3}(?:[\s,;]{1,4}\d{2,3}){12,}/g;

/** The decoded readings of a text with escapes, spaced hexadecimal or lists of numbers; usually none. */
export function* readingsOf(text: string): Generator<Reading> {
  let before: Reading | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const decoded = unescaped(before?.text ?? text);
    if (decoded === undefined) break;
    before = before === undefined ? decoded : through(decoded, before);
    yield before;
  }
  for (const { 0: stretch, index } of text.matchAll(hexadecimal)) yield digitsOf(stretch, index);
  for (const { 0: list, index } of text.matchAll(numbers)) yield charactersOf(list, index);
}

/** A full stop stays unchanged, because it separates the parts of a key. */
function unescaped(text: string): Reading | undefined {
  let decoded = '';
  const from: number[] = [];
  const to: number[] = [];
  let done = 0;
  let found = false;
  const keep = (end: number): void => {
    decoded += text.slice(done, end);
    for (; done < end; done += 1) {
      from.push(done);
      to.push(done + 1);
    }
  };
  for (const match of text.matchAll(escapes)) {
    const character = characterOf(match);
    if (character === undefined || character === '.') continue;
    keep(match.index);
    done += match[0].length;
    for (const _unit of character.split('')) {
      from.push(match.index);
      to.push(done);
    }
    decoded += character;
    found = true;
  }
  if (!found) return undefined;
  keep(text.length);
  return { text: decoded, from, to };
}

function characterOf([, ...groups]: RegExpExecArray): string | undefined {
  const literal = groups.pop();
  if (literal !== undefined) return literal;
  const octal = groups.pop();
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  const decimal = groups.pop();
  const hex = groups.find((digits) => digits !== undefined);
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function through({ text, from, to }: Reading, before: Reading): Reading {
  return {
    text,
    from: from.map((at) => before.from[at] ?? 0),
    to: to.map((at) => before.to[at - 1] ?? 0),
  };
}

/** Only the digits, in lower case. */
function digitsOf(stretch: string, start: number): Reading {
  const blank = stretch.replaceAll(separated, (found) => ' '.repeat(found.length)).toLowerCase();
  const from = [...blank].flatMap((digit, at) => (digit === ' ' ? [] : [start + at]));
  return { text: blank.replaceAll(' ', ''), from, to: from.map((at) => at + 1) };
}

function charactersOf(list: string, start: number): Reading {
  const found = [...list.matchAll(/\d+/g)];
  const from = found.map(({ index }) => start + index);
  return {
    text: found.map(([digits]) => String.fromCharCode(Number(digits))).join(''),
    from,
    to: found.map(({ 0: digits, index }) => start + index + digits.length),
  };
}
