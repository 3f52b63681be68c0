import type { Requirement } from '../../../harness/model.ts';
import { apiReference, authentication, rfc } from '../sources.ts';

const none = { key: 'none', to: 'every operation', expect: 'unauthorized' } as const;

/** Every operation needs a key, and nothing that merely stands where a key belongs is one. */
export const required: readonly Requirement[] = [
  {
    id: 'presentation/key-required',
    level: 'MUST',
    profile: 'core',
    sentence: 'Every operation, the version included, requires a key: without one it answers 401.',
    source: authentication('Using Your API Key'),
    advice: 'Authenticate in one place in front of all routes, and let no route opt out.',
    scenarios: [
      {
        id: 'no-header',
        title: 'no Authorization header',
        ...none,
        catches: ['version-public', 'unauthorized-redirects'],
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
        catches: ['version-public'],
      },
      {
        id: 'middleware-header',
        title: 'no key, and a header that makes some frameworks skip their middleware',
        ...none,
        present: { headers: { 'X-Middleware-Subrequest': 'middleware:middleware:middleware' } },
        catches: ['version-public'],
      },
    ],
  },
  {
    id: 'presentation/scheme-alone-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'The scheme without a key behind it is no credential: it is rejected with 401.',
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
    sentence: 'Texts that broken clients send in place of a key are rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Never compare the presented text with an unset or default value; verify a signature.',
    scenarios: (
      [
        ['null', 'null', 'unauthorized', ['literal-accepted', 'version-public', 'unauthorized-redirects']],
        ['undefined', 'undefined', 'unauthorized', ['literal-accepted']],
        ['none', 'None', 'unauthorized', ['bad-signature-forbidden']],
        ['not-a-number', 'NaN', 'unauthorized', ['bad-signature-forbidden']],
        ['true', 'true', 'unauthorized', ['bad-signature-forbidden']],
        ['zero', '0', 'unauthorized', ['bad-signature-forbidden']],
        ['documentation-example', 'YOUR_API_KEY', 'unauthorized', ['placeholder-accepted']],
        ['object', '[object Object]', 'unauthorized, 400 tolerated', ['placeholder-accepted']],
        ['template', '{{token}}', 'unauthorized, 400 tolerated', ['placeholder-accepted']],
        ['shell-variable', '$MUFI_API_KEY', 'unauthorized, 400 tolerated', ['placeholder-accepted']],
      ] as const
    ).map(([id, text, expect, catches]) => ({
      id,
      title: `the key is the text ${text}`,
      key: 'none',
      forge: { literal: text },
      to: 'every operation',
      expect,
      catches,
    })),
  },
  {
    id: 'presentation/refused-before-validation',
    level: 'MUST',
    profile: 'core',
    sentence:
      'Without a valid key nothing of the request is looked at: an invalid body or unknown id gets 401.',
    source: apiReference('Standard Errors'),
    advice: 'Run authentication before body parsing, validation and look-ups.',
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
    ],
  },
  {
    id: 'presentation/unknown-paths-reveal-nothing',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'Without a key a path that does not exist answers 401 or 404 and nothing else.',
    source: rfc(9110, '15.5.2 401 Unauthorized'),
    advice: 'Let authentication, or one plain 404, answer for every path that is not routed.',
    scenarios: [
      {
        id: 'unknown-path',
        title: 'no key on a path that does not exist',
        key: 'none',
        path: '/v1/conformance-made-up-path',
        to: 'one read operation',
        expect: 'unauthorized, or no such path',
        catches: ['unauthorized-redirects'],
      },
      {
        id: 'unknown-path-below-operation',
        title: 'no key on a path below an operation that does not exist',
        key: 'none',
        path: '/v1/users/fetch/conformance-made-up-path',
        to: 'one read operation',
        expect: 'unauthorized, or no such path',
        catches: ['unauthorized-redirects'],
      },
    ],
  },
  {
    id: 'presentation/head-requires-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'HEAD requires a key as GET does: without one it answers 401 or is not offered.',
    source: rfc(9110, '9.3.2 HEAD'),
    advice: 'Let HEAD run through the same middleware as GET.',
    scenarios: [
      {
        id: 'no-key',
        title: 'HEAD without a key',
        key: 'none',
        method: 'HEAD',
        to: {
          operations: [
            'GET /v1/version',
            'GET /v1/events',
            'GET /v1/events/{IdOrReferenceId}',
            'GET /v1/products/{id}',
          ],
        },
        expect: 'unauthorized, or no such path',
        catches: ['head-public', 'version-public', 'unauthorized-redirects'],
      },
      {
        id: 'forged-key',
        title: 'the signature is stripped, with HEAD',
        forge: { sign: 'none' },
        method: 'HEAD',
        to: {
          operations: [
            'GET /v1/version',
            'GET /v1/events',
            'GET /v1/events/{IdOrReferenceId}',
            'GET /v1/products/{id}',
          ],
        },
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
];
