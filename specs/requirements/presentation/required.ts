import { pathThatServesAs } from '../../../harness/engine/matrix/operations/index.ts';
import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { onceAs } from '../once.ts';
import { apiReference, authentication, rfc } from '../sources.ts';
import { unreadBodies } from './unread-bodies.ts';

const none = { key: 'none', to: 'every operation', expect: 'unauthorized' } as const;

/** Texts that broken clients send in place of a key. */
const texts: readonly (Omit<Row, 'title'> & { readonly text: string })[] = [
  { text: 'null', id: 'null', catches: ['literal-accepted', 'version-public', 'unauthorized-redirects'] },
  { text: 'undefined', id: 'undefined', catches: ['literal-accepted'] },
  { text: 'None', id: 'none', catches: ['bad-signature-forbidden'] },
  { text: 'NaN', id: 'not-a-number', catches: ['bad-signature-forbidden'] },
  { text: 'true', id: 'true', catches: ['bad-signature-forbidden'] },
  { text: '0', id: 'zero', catches: ['bad-signature-forbidden'] },
  { text: 'YOUR_API_KEY', id: 'documentation-example', catches: ['placeholder-accepted'] },
  {
    text: '[object Object]',
    id: 'object',
    expect: 'unauthorized, 400 tolerated',
    catches: ['placeholder-accepted'],
  },
  {
    text: '{{token}}',
    id: 'template',
    expect: 'unauthorized, 400 tolerated',
    catches: ['placeholder-accepted'],
  },
  {
    text: '$MUFI_API_KEY',
    id: 'shell-variable',
    expect: 'unauthorized, 400 tolerated',
    catches: ['placeholder-accepted'],
  },
];
const placeholders = texts.map(({ text, ...row }) => ({
  ...row,
  title: `the key is the text ${text}`,
  forge: { literal: text },
}));

/** Every operation needs a key, and nothing that merely stands where a key belongs is one. */
export const required: readonly Requirement[] = [
  {
    id: 'presentation/key-required',
    guards: 'no key',
    level: 'MUST',
    profile: 'core',
    sentence: 'Every operation, including the version, requires a key: without one it answers 401.',
    source: authentication('Using Your API Key'),
    advice: 'Authenticate in one place in front of all routes, and let no route opt out.',
    scenarios: [
      {
        id: 'no-header',
        title: 'no Authorization header',
        ...none,
        atEveryDepth: true,
        catches: ['version-public', 'unauthorized-redirects', 'data-in-401'],
      },
      {
        id: 'right-after-the-owner',
        title: 'no Authorization header, right after the same request with the write key',
        ...none,
        after: 'the owner',
        to: 'every read operation',
        atEveryDepth: true,
        catches: ['answer-shared-by-url', 'answer-shared-by-body', 'verdict-shared-by-request'],
      },
      {
        id: 'idempotency-key-of-the-owner',
        title:
          'no Authorization header, right after the same write with the write key and the same Idempotency-Key',
        ...none,
        after: 'the owner',
        present: { headers: onceAs('without a key') },
        to: 'every repeatable write',
        catches: ['write-replayed-without-key'],
      },
      {
        id: 'by-reference',
        title: 'no Authorization header, and the request names things by reference id',
        ...none,
        request: 'by-reference',
        to: 'every read operation that needs something',
        catches: ['event-by-reference-public'],
      },
      {
        id: 'empty-header',
        title: 'an empty Authorization header',
        ...none,
        present: { headers: { Authorization: '' } },
        catches: ['empty-header-accepted'],
      },
      {
        id: 'trusted-network-header',
        title: 'no key, and headers that claim to come from inside',
        ...none,
        present: {
          headers: { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', 'X-Forwarded-User': 'admin' },
        },
        catches: ['trusted-network-header-exempt', 'version-public'],
      },
      {
        id: 'middleware-header',
        title: 'no key, and a header that makes some frameworks skip their middleware',
        ...none,
        present: {
          headers: {
            'X-Middleware-Subrequest': Array.from({ length: 5 }, () => 'middleware').join(':'),
          },
        },
        catches: ['middleware-header-exempt', 'version-public'],
      },
    ],
  },
  {
    id: 'presentation/scheme-alone-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'The scheme alone, without a key, is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Reject an Authorization value in which nothing follows the scheme.',
    scenarios: ['Bearer', 'Bearer   ', 'bearer'].map((value, index) => ({
      id: ['bearer-alone', 'bearer-and-spaces', 'lower-case-bearer-alone'][index] ?? value,
      title: `the Authorization value is "${value}"`,
      key: 'none',
      present: { headers: { Authorization: value } },
      to: 'every operation',
      expect: 'unauthorized, 400 tolerated',
      catches: ['bare-scheme-accepted', 'version-public', 'unauthorized-redirects'],
    })),
  },
  {
    id: 'presentation/placeholders-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'Texts that broken clients send instead of a key are rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Never compare the presented text with an unset or default value; verify a signature.',
    scenarios: each({ key: 'none', ...rejected }, placeholders),
  },
  {
    id: 'presentation/refused-before-validation',
    level: 'MUST',
    profile: 'core',
    sentence:
      'The key is checked before the rest of the request: without a valid key, an invalid body or an unknown id gets 401.',
    source: apiReference('Standard Errors'),
    advice: 'Run authentication before body parsing, validation and look-ups.',
    explainedBy: ['presentation/key-required', 'token/signature-present', 'token/signature-verified'],
    scenarios: [
      {
        id: 'no-key-invalid-body',
        title: 'no key and a body that breaks the schema',
        key: 'none',
        request: 'invalid',
        to: 'every operation with a body',
        expect: 'unauthorized',
        catches: ['validation-before-authentication'],
      },
      {
        id: 'no-key-unknown-id',
        title: 'no key and ids that do not exist',
        key: 'none',
        request: 'unknown-id',
        to: 'every operation with an id',
        expect: 'unauthorized',
        catches: ['unauthorized-redirects'],
      },
      {
        id: 'bad-key-invalid-body',
        title: 'the signature is stripped and the body breaks the schema',
        forge: { sign: 'none' },
        request: 'invalid',
        to: 'every operation with a body',
        expect: 'unauthorized',
        catches: [
          'validation-before-authentication',
          'empty-signature-accepted',
          'bad-signature-forbidden',
          'signature-ignored',
          'verified-once',
        ],
      },
      ...unreadBodies,
      {
        id: 'bad-key-broken-json',
        title: 'the signature is stripped and the body is not JSON',
        forge: { sign: 'none' },
        present: { headers: { Authorization: 'Bearer {key}' }, body: '{broken' },
        to: 'every operation with a body',
        expect: 'unauthorized',
        catches: ['json-parsed-before-authentication'],
      },
    ],
  },
  {
    id: 'presentation/unknown-paths-reveal-nothing',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'Without a key a path that does not exist answers 401 or 404 and nothing else.',
    source: rfc(9110, '15.5.2 401 Unauthorized'),
    advice: 'Answer every path that has no route with 401, or with one plain 404.',
    adviceFits: ['wrong-status', 'redirect'],
    scenarios: [
      {
        id: 'unknown-path',
        title: 'no key on a path that does not exist',
        key: 'none',
        path: '/v1/conformance-made-up-path',
        to: 'one read operation',
        expect: 'unauthorized, or no such path',
        catches: ['unknown-path-public', 'unauthorized-redirects'],
      },
      {
        id: 'unknown-path-below-operation',
        title: 'no key on a path below an operation that does not exist',
        key: 'none',
        path: `${pathThatServesAs('nothing below')}/conformance-made-up-path`,
        to: 'one read operation',
        expect: 'unauthorized, or no such path',
        catches: ['unknown-path-public', 'unauthorized-redirects'],
      },
    ],
  },
  {
    id: 'presentation/head-requires-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'HEAD requires a key, like GET: without one it answers 401 or is not offered.',
    source: rfc(9110, '9.3.2 HEAD'),
    advice: 'Let HEAD run through the same middleware as GET.',
    explainedBy: ['token/signature-present'],
    scenarios: [
      {
        id: 'no-key',
        title: 'HEAD without a key',
        key: 'none',
        method: 'HEAD',
        to: 'every GET operation',
        expect: 'unauthorized, or no such path',
        catches: ['head-public', 'version-public', 'unauthorized-redirects'],
      },
      {
        id: 'forged-key',
        title: 'the signature is stripped, with HEAD',
        forge: { sign: 'none' },
        method: 'HEAD',
        to: 'every GET operation',
        expect: 'unauthorized, or no such path',
        catches: [
          'head-public',
          'empty-signature-accepted',
          'bad-signature-forbidden',
          'signature-ignored',
          'verified-once',
        ],
      },
    ],
  },
  {
    id: 'presentation/options-reveal-nothing',
    level: 'MUST',
    profile: 'core',
    sentence: 'OPTIONS without a key shows nothing of the project.',
    source: rfc(9110, '9.3.7 OPTIONS'),
    advice: 'Answer OPTIONS directly or reject it; never pass it to the handler of the route.',
    scenarios: [
      {
        id: 'no-key',
        title: 'OPTIONS without a key',
        key: 'none',
        method: 'OPTIONS',
        to: 'every operation',
        expect: 'shows nothing of the project',
        catches: ['options-public', 'options-answered-as-post'],
      },
    ],
  },
];
