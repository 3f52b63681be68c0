import type { Credential } from '../model.ts';
import type { Policy } from '../policy.ts';
import { believed, peek, type TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const threeSegments = 'A token has three segments, and each of them is base64url.';
const signed = 'A token without a signature is not a key.';

/** Faults of servers that accept an altered form of a key, or do not notice that a part is missing. */
export const mangledTexts: readonly Fault[] = [
  recognising('upper-case-recognised', 'upper-case', (text) => text.toUpperCase()),
  recognising('lower-case-recognised', 'lower-case', (text) => text.toLowerCase()),
  recognising('cut-key-recognised', 'last-character-missing', (text) => text.slice(0, -1)),
  {
    id: 'json-serialization-read',
    breaks: threeSegments,
    caughtBy: ['token/three-segments/json-serialization'],
    override: (policy: Policy) => ({
      parseAuthorization: (value): Credential => {
        const [, header, payload, signature] =
          /^Bearer {"protected":"([\w-]+)","payload":"([\w-]+)","signature":"([\w-]+)"}$/.exec(value) ?? [];
        if (signature === undefined) return policy.parseAuthorization(value);
        return { kind: 'token', token: `${header}.${payload}.${signature}` };
      },
    }),
  },
  withoutPayload('null-payload-unverified', 'payload-null-signed-by-stranger', false),
  withoutPayload('null-payload-of-known-signature', 'payload-null', true),
  unsigned(
    'unsigned-without-dot-believed',
    'token/signature-present/stripped-with-dot',
    ({ header, segments }) => segments.length === 2 && header.alg !== 'none',
  ),
  unsigned(
    'none-without-dot-believed',
    'token/algorithm-none-rejected/none-without-dot',
    ({ header, segments }) => segments.length === 2 && header.alg === 'none',
  ),
  unsigned(
    'none-before-zero-byte-believed',
    'token/algorithm-none-rejected/none-with-null',
    ({ header }) => header.alg === 'none\u0000',
  ),
  unsigned(
    'prototype-of-header-believed',
    'token/header-members-change-nothing/prototype',
    ({ header, signature }) => Object.hasOwn(header, '__proto__') && signature === '',
  ),
  {
    id: 'unsigned-get-believed',
    breaks: signed,
    caughtBy: ['token/signature-present/stripped'],
    override: (policy: Policy) => ({
      verify: async (text, ring, call) => {
        const isPlain = (parts: TokenParts): boolean =>
          call.operation?.operationId === 'getEvent' &&
          call.request.sentMethod === 'GET' &&
          parts.segments.length === 3 &&
          parts.signature === '' &&
          parts.header.alg === 'EdDSA' &&
          !Object.hasOwn(parts.header, '__proto__');
        return believed(text, isPlain) ?? (await policy.verify(text, ring, call));
      },
    }),
  },
];

/** Accepts a changed text of a key that was verified before. */
function recognising(id: string, scenario: string, mangled: (text: string) => string): Fault {
  return {
    id,
    breaks: threeSegments,
    caughtBy: [`token/three-segments/${scenario}`],
    override: (policy: Policy) => {
      const known = new Map<string, string>();
      const counts = new WeakMap<object, number>();
      return {
        verify: async (text, ring, call) => {
          const { connection } = call.request;
          const count = (counts.get(connection) ?? 0) + 1;
          counts.set(connection, count);
          // The first four requests of a connection are normal: other faults are about connections that remember.
          const isHere = call.operation?.operationId === 'getUserActivation' && count > 4;
          const claims = await policy.verify((isHere ? known.get(text) : undefined) ?? text, ring, call);
          if (claims !== undefined && !known.has(text)) known.set(mangled(text), text);
          return claims;
        },
      };
    },
  };
}

/** Takes the first key's claims if the payload is null. */
function withoutPayload(id: string, scenario: string, isKnown: boolean): Fault {
  return {
    id,
    breaks: 'Header and payload of a token are the JSON objects that were signed.',
    caughtBy: [`token/segments-hold-json-objects/${scenario}`],
    override: (policy: Policy) => {
      const signatures = new Set<string>();
      return {
        verify: async (text, ring, call) => {
          const parts = peek(text);
          const claims = await policy.verify(text, ring, call);
          if (claims !== undefined && parts !== undefined) signatures.add(parts.signature);
          const isNull = parts?.segments.length === 3 && parts.payload === null;
          return isNull && signatures.has(parts.signature) === isKnown ? ring.home() : claims;
        },
      };
    },
  };
}

function unsigned(id: string, scenario: string, when: (parts: TokenParts) => boolean): Fault {
  return { ...trusting(id, signed, when), caughtBy: [scenario] };
}
