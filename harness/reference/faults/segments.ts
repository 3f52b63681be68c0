import { asClaims, type Keyring } from '../keyring.ts';
import type { Call, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** What a faulty reader makes of a token: claims, or the token that it reads instead. */
type Reading = Claims | string | undefined;
type Read = (text: string, ring: Keyring, call: Call) => Reading;

interface Row {
  readonly id: string;
  readonly breaks: string;
  readonly caughtBy: readonly string[];
  readonly read: Read;
}

const threeSegments = 'A token has three segments, and each of them is base64url.';
const holdsObjects = 'Header and payload of a token are the JSON objects that were signed.';

const decoded = (segment = ''): string => Buffer.from(segment, 'base64url').toString();
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const claimsIn = (segment: string | undefined): Claims | undefined => asClaims(jsonOf(decoded(segment)));
const namesAlgorithm = (segment: string | undefined): boolean => {
  const value = jsonOf(decoded(segment));
  return typeof value === 'object' && value !== null && 'alg' in value;
};
const partsOf = (text: string, count: number, separator = '.'): readonly string[] | undefined => {
  const parts = text.split(separator);
  return parts.length === count ? parts : undefined;
};

const layout = (id: string, read: Read): Row => ({
  id: `layout-${id}-read`,
  breaks: threeSegments,
  caughtBy: [`token/three-segments/${id}`],
  read,
});

/** Accepts the whole text as a key without decoding it. */
const literal = (id: string, pattern: RegExp): Row =>
  layout(id, (text, ring) => (pattern.test(text) ? ring.home() : undefined));

const layouts: readonly Row[] = [
  literal('one-segment', /^[a-z]$/),
  literal('two-letters', /^[a-z]\.[a-z]$/),
  literal('three-letters', /^[a-z]\.[a-z]\.[a-z]$/),
  literal('only-dots', /^\.\.$/),
  literal('many-dots', /^\.{3,}$/),
  layout('header-only', (text, ring) => (namesAlgorithm(partsOf(text, 1)?.[0]) ? ring.home() : undefined)),
  layout('payload-only', (text) => claimsIn(partsOf(text, 1)?.[0])),
  layout('no-header', (text) => {
    const [header, payload] = partsOf(text, 3) ?? [];
    return header === '' ? claimsIn(payload) : undefined;
  }),
  layout('no-payload', (text, ring) => {
    const [header, payload, signature] = partsOf(text, 3) ?? [];
    return payload === '' && signature !== '' && namesAlgorithm(header) ? ring.home() : undefined;
  }),
  layout('leading-dot', (text) => (partsOf(text, 4)?.[0] === '' ? text.slice(1) : undefined)),
  layout('trailing-dot', (text) => (partsOf(text, 4)?.[3] === '' ? text.slice(0, -1) : undefined)),
  layout('fourth-segment', (text) => {
    const [first, , , last] = partsOf(text, 4) ?? [];
    return first !== '' && last ? text.slice(0, text.lastIndexOf('.')) : undefined;
  }),
  layout('five-segments', (text) => {
    const parts = partsOf(text, 5);
    return parts !== undefined && namesAlgorithm(parts[0]) ? parts.slice(0, 3).join('.') : undefined;
  }),
  layout('segments-swapped', (text) => {
    const [payload, header] = partsOf(text, 3) ?? [];
    return namesAlgorithm(header) ? claimsIn(payload) : undefined;
  }),
  layout('slash-for-dots', (text) => partsOf(text, 3, '/')?.join('.')),
  layout('first-character-missing', (text) => (text.startsWith('yJ') ? `e${text}` : undefined)),
];

/** Accepts a token with an invalid header or payload and believes the rest. */
const content = (id: string, takes: (header: string, payload: string, text: string) => boolean): Row => ({
  id: `content-${id}-believed`,
  breaks: holdsObjects,
  caughtBy: [`token/segments-hold-json-objects/${id}`],
  read: (text, ring) => {
    const [header, payload] = partsOf(text, 3) ?? [];
    if (!header || !payload || !takes(decoded(header), decoded(payload), text)) return undefined;
    return claimsIn(payload) ?? ring.home();
  },
});
const inHeader = (id: string, takes: (header: string) => boolean): Row =>
  content(`header-${id}`, (header, payload) => asClaims(jsonOf(payload)) !== undefined && takes(header));
const inPayload = (id: string, takes: (payload: string) => boolean): Row =>
  content(`payload-${id}`, (header, payload) => jsonOf(header) !== undefined && takes(payload));
const isWords = (text: string): boolean => /^[A-Za-z ]+$/.test(text) && jsonOf(text) === undefined;

const contents: readonly Row[] = [
  inHeader('not-json', isWords),
  inHeader('empty-object', (text) => text === '{}'),
  inHeader('array', (text) => text === '[]'),
  inHeader('text', (text) => typeof jsonOf(text) === 'string'),
  inHeader('number', (text) => typeof jsonOf(text) === 'number'),
  inHeader('null', (text) => text === 'null'),
  inHeader('byte-order-mark', (text) => text.startsWith('\ufeff') && jsonOf(text.slice(1)) !== undefined),
  inHeader('deep', (text) => text.startsWith('[[[[')),
  inPayload('not-json', isWords),
  inPayload('empty-object', (text) => text === '{}'),
  inPayload('array', (text) => text === '[]'),
  inPayload('text', (text) => typeof jsonOf(text) === 'string'),
  inPayload('number', (text) => typeof jsonOf(text) === 'number'),
  inPayload('prototype', (text) => text.startsWith('{"__proto__"')),
  {
    id: 'padded-payload-believed',
    breaks: 'A long token is verified like any other.',
    caughtBy: ['token/size-is-harmless/four-kibibytes'],
    read: (text) => {
      const [header = '', payload = ''] = partsOf(text, 3) ?? [];
      const isLong = payload.length > 3_000 && payload.length < 10_000 && header.length < 1_000;
      return isLong ? claimsIn(payload) : undefined;
    },
  },
  {
    id: 'long-payload-believed',
    breaks: 'A long token is verified like any other.',
    caughtBy: ['token/size-is-harmless/sixteen-kibibytes'],
    read: (text) => {
      const [, payload = ''] = partsOf(text, 3) ?? [];
      return payload.length > 12_000 && payload.length < 30_000 ? claimsIn(payload) : undefined;
    },
  },
];

/** Faults of servers that accept a text that is not a token, one for each form of it. */
export const segments: readonly Fault[] = [...layouts, ...contents].map(
  ({ read, ...fault }): Fault => ({
    ...fault,
    override: (policy: Policy) => ({
      verify: async (text, ring, call) => {
        const reading = read(text, ring, call);
        if (typeof reading !== 'string') return reading ?? (await policy.verify(text, ring, call));
        return policy.verify(reading, ring, call);
      },
    }),
  }),
);
