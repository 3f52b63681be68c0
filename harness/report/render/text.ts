/** Text from targets is never trusted: characters that a terminal, a browser or a parser could obey are spelled out. */

const obeyed =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

/** The characters of most texts; nothing obeys them. */
const harmless = /^[\t\n -~‹›]*$/;

/** Spells out control characters, direction marks, invisible characters and broken surrogates; keeps newlines and tabs. */
export function printable(text: string): string {
  if (harmless.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replace(obeyed, spelledOut);
}

/** The same in one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u{${code.toString(16)}}`;
}

/**
 * A text that is safe in a log: nothing in it controls a terminal, and no line is a workflow command. GitHub's runner
 * skips blanks before `::`, and finds `##[` anywhere in a line.
 */
export function inLog(text: string): string {
  return withoutCommandLines(printable(text));
}

/** The same for text that already contains colours. */
export function withoutCommandLines(text: string): string {
  return text.replaceAll(/^([^\S\n]*):(?=:)/gm, '$1\\x3a').replaceAll('##[', '\\x23#[');
}

/** Equivalent JSON without characters that a terminal, an editor or a log could obey. */
export function plainJson(text: string): string {
  const json = text.replaceAll('##[', '\\u0023#[');
  if (harmless.test(json)) return json;
  return json.replace(obeyed, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Values that were already cleaned: every rendering of a report needs the same ones. */
const cleaned = new WeakMap<object, unknown>();

/** Applies `printable` to every string in plain data. Parts that need no change are not copied. */
export function printableDeep<Value>(value: Value): Value;
export function printableDeep(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return clean(value);
  const known = cleaned.get(value) ?? clean(value);
  cleaned.set(value, known);
  return known;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(clean);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  const members = Object.entries(value).map(([name, member]) => [name, member, clean(member)] as const);
  if (members.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(members.map(([name, , after]) => [name, after]));
}

/** At most `limit` characters; says how many are missing. */
export function excerpt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${kept} … (${count(text.length - kept.length, 'more character')})`;
}

/** "1 cell", "2,310 cells"; give the plural if it does not just add an s. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${figure(amount)} ${amount === 1 ? noun : plural}`;
}

/** A whole number with separators. */
export function figure(amount: number): string {
  return amount.toLocaleString('en-US');
}

/** "840 ms", "41.2 s", "3 min 5 s". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** "22 November 2026, 21:13 UTC"; the text itself if it is not a date. */
export function dateInWords(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** The first letter in upper case, unless the text begins with an address. */
export function capitalised(text: string): string {
  if (/^[a-z]+:\/\//.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Without a full stop at the end and with a small first letter, to follow a label. */
export function asClause(text: string): string {
  const stopped = text.replace(/\.$/, '');
  const [first = '', second = ''] = stopped;
  return second === second.toLowerCase() ? first.toLowerCase() + stopped.slice(1) : stopped;
}

/** The sentence of a requirement and its id, to stand within another sentence. */
export function withId({ id, title }: { readonly id: string; readonly title: string }): string {
  return `"${excerpt(title.replace(/\.$/, ''), 200)}" (${id})`;
}

/** With a capital first letter and a full stop. */
export function sentence(text: string): string {
  return capitalised(/[.!?]$/.test(text) ? text : `${text}.`);
}
