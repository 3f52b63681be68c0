import type { Family } from '../../harness/model/index.ts';
import { authentication, rfc, securityMisconfiguration } from './sources.ts';
import { watched } from './watched.ts';

const checklist = authentication('Security Checklist');

export const hygiene: Family = {
  id: 'hygiene',
  title: 'Answers give nothing away',
  requirements: [
    {
      id: 'hygiene/key-not-echoed',
      level: 'MUST',
      profile: 'core',
      sentence: 'No answer repeats the presented key, its payload or its signature.',
      source: checklist,
      advice: 'Keep the key out of error messages, headers and debug output.',
      observe: 'key not echoed',
      scenarios: watched([
        'key-in-error-body',
        'signature-in-error-body',
        'encoded-key-in-error-body',
        'key-in-header',
        'key-in-cookie-set',
        'key-in-json-body',
      ]),
    },
    {
      id: 'hygiene/trace-repeats-no-key',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'TRACE does not repeat the key.',
      source: rfc(9110, '9.3.8 TRACE'),
      advice: 'Switch TRACE off, or leave the Authorization line out of what it answers.',
      scenarios: [
        {
          id: 'trace',
          title: 'TRACE with the unmodified key',
          method: 'TRACE',
          to: 'one read operation',
          expect: 'key not repeated',
          catches: ['trace-echoes'],
        },
      ],
    },
    {
      id: 'hygiene/no-stack-trace',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'No answer shows a stack trace or a path of the server.',
      source: securityMisconfiguration,
      advice: 'Switch the framework to production mode and answer errors with a fixed body.',
      observe: 'no stack trace',
      scenarios: watched(['stack-trace']),
    },
    {
      id: 'hygiene/no-library-named',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'No answer names the library that verifies keys.',
      source: securityMisconfiguration,
      advice: 'Answer every refused key with one fixed text, not with the message of the exception.',
      observe: 'no library named',
      scenarios: watched(['library-named']),
    },
    {
      id: 'hygiene/no-key-material',
      level: 'MUST',
      profile: 'core',
      sentence: 'No answer shows a private key.',
      source: checklist,
      advice: 'Serialize what an answer needs, never configuration or key objects.',
      observe: 'no key material',
      scenarios: watched(['private-key-shown', 'private-key-in-settings']),
    },
    {
      id: 'hygiene/not-publicly-cacheable',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'No success may be kept by shared caches.',
      source: rfc(9111, '3.5 Storing Responses to Authenticated Requests'),
      advice: 'Send Cache-Control: no-store, and neither public nor s-maxage.',
      observe: 'not publicly cacheable',
      scenarios: watched(['public-cache']),
    },
    {
      id: 'hygiene/no-open-cors',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'Browser pages of any origin are not invited to send keys.',
      source: checklist,
      advice: 'Keys belong on servers: send no CORS headers, or name exact origins.',
      observe: 'no open cors',
      scenarios: [
        ...watched(['cors-any-origin', 'cors-reflects-origin']),
        {
          id: 'preflight',
          title: 'a preflight from a foreign origin asks to send Authorization',
          key: 'none',
          method: 'OPTIONS',
          present: {
            headers: {
              Origin: 'https://conformance.invalid',
              'Access-Control-Request-Method': 'POST',
              'Access-Control-Request-Headers': 'authorization',
            },
          },
          to: 'every operation',
          expect: 'observed',
          catches: ['cors-reflects-origin'],
        },
        {
          id: 'foreign-origin',
          title: 'the unmodified write key, from a foreign origin',
          present: { headers: { Authorization: 'Bearer {key}', Origin: 'https://conformance.invalid' } },
          request: 'repeatable',
          to: 'every operation',
          expect: 'observed',
          catches: ['cors-reflects-origin', 'cors-any-origin'],
        },
      ],
    },
  ],
};
