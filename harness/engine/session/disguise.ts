import { createHash } from 'node:crypto';
import type { Forgery, TargetConfiguration } from '../../model/index.ts';
import { eachText } from '../evidence/each-text.ts';
import type { Prober } from '../probe/prober.ts';

/**
 * The names of the suite as an anonymous run sends them: other names that come from its seed and can be translated
 * back.
 */
export interface Disguise {
  out(text: string): string;
  back(text: string): string;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const hexadecimal = '0123456789abcdef';
const base64url = (text: string | Buffer): string => Buffer.from(text).toString('base64url');
/** Phrases without a name that only this suite would send. */
const phrases = [
  'Fixture of mufi-auth-conformance',
  'Made by mufi-auth-conformance',
  'Changed by mufi-auth-conformance',
  'mufi-auth-conformance',
  base64url('{"sub":"invented by mufi-auth-conformance"}'),
  base64url(Buffer.alloc(64, 'conformance')),
];
const ownId = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8000-[0-9a-f]{12}/g;

/** The disguise of a run; undefined if it is not anonymous. Addresses do not change. */
export function disguiseOf(
  { anonymous, replicaUrls, httpUrl }: TargetConfiguration,
  baseUrl: string,
): Disguise | undefined {
  if (anonymous === undefined) return undefined;
  const digest = (what: string): Buffer => createHash('sha256').update(`${what} ${anonymous}`).digest();
  const word = [...digest('word').subarray(0, 10)].map((byte) => letters[byte % letters.length]).join('');
  const [mixed, mixedHex] = [shuffled(letters, digest('letters')), shuffled(hexadecimal, digest('digits'))];
  const bases = [...new Set([baseUrl, ...replicaUrls, ...(httpUrl === undefined ? [] : [httpUrl])])];
  const id = (text: string, from: string, to: string): string => {
    const parts = text.split('-');
    return parts
      .map((part, at) =>
        at === 2 ? `4${swapped(part.slice(1), from, to)}` : at === 3 ? part : swapped(part, from, to),
      )
      .join('-');
  };
  const renamed = (text: string): string =>
    phrases
      .reduce(
        (whole, phrase, at) => whole.replaceAll(phrase, at < 4 ? word : base64url(`${word}-${at}`)),
        text,
      )
      .replaceAll(/(conformance)((?:-[a-z0-9]+)*)/gi, (_whole, name: string, tail: string) => {
        const plain = `${word}${swapped(tail.toLowerCase(), letters, mixed)}`;
        if (name === name.toUpperCase()) return plain.toUpperCase();
        return name[0] === 'C' ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
      })
      .replaceAll(ownId, (found) => (found.startsWith('c0f0') ? id(found, hexadecimal, mixedHex) : found));
  const named = new RegExp(`(${word})((?:-[a-z0-9]+)*)`, 'gi');
  return {
    out: (text) => aroundEach(text, bases, renamed),
    back: (text) =>
      text
        .replaceAll(named, (_whole, name: string, tail: string) => {
          const plain = `conformance${swapped(tail, mixed, letters)}`;
          return name[0] === name[0]?.toUpperCase() ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
        })
        .replaceAll(ownId, (found) => {
          const before = id(found, mixedHex, hexadecimal);
          return before.startsWith('c0f0') ? before : found;
        }),
  };
}

/** The edits of a forgery with the names of an anonymous run: claims are members. */
export function underOtherNames(forgery: Forgery, disguise: Disguise | undefined): Forgery {
  if (disguise === undefined) return forgery;
  const { out } = disguise;
  const renamed: Forgery = JSON.parse(JSON.stringify(forgery), (_name, value: unknown) => {
    if (typeof value === 'string') return out(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [out(name), member]));
  });
  const { padding, ...payload } = renamed.payload ?? {};
  if (padding === undefined) return renamed;
  const set = { ...payload.set, [out('conformance_padding')]: 'x'.repeat(padding) };
  return { ...renamed, payload: { ...payload, set } };
}

/** A prober that sends other names; its caller sees those of the suite. */
export function disguised(prober: Prober, disguise: Disguise | undefined): Prober {
  if (disguise === undefined) return prober;
  const { out, back } = disguise;
  return Object.create(prober, {
    send: {
      value: (async (wire, label, connection) => {
        const exchange = await prober.send(eachText(wire, out), label, connection);
        const { response } = exchange;
        return {
          ...exchange,
          request: wire,
          ...(response === undefined ? {} : { response: eachText(response, back) }),
        };
      }) satisfies Prober['send'],
    },
  }) as Prober;
}

function aroundEach(
  text: string,
  [first, ...rest]: readonly string[],
  spell: (text: string) => string,
): string {
  if (first === undefined) return spell(text);
  return text
    .split(first)
    .map((piece) => aroundEach(piece, rest, spell))
    .join(first);
}

function swapped(text: string, from: string, to: string): string {
  return [...text].map((character) => to[from.indexOf(character)] ?? character).join('');
}

function shuffled(alphabet: string, bytes: Buffer): string {
  const order = [...alphabet].map((character, at) => [bytes[at] ?? 0, character] as const);
  return order
    .sort(([one, a], [other, b]) => one - other || a.localeCompare(b))
    .map(([, character]) => character)
    .join('');
}
