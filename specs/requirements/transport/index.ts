import type { Family, Scenario } from '../../../harness/model/index.ts';
import { bestPractices, rfc } from '../sources.ts';
import { handshakes } from './handshakes.ts';
import { hsts } from './hsts.ts';
import { http2 } from './http2.ts';

const https = bestPractices('HTTPS for all calls');
const sendsInTheClear = 'the unmodified key over plain HTTP, compared with a made-up one';

/** The same keys in the clear, at one address or the other. */
function inTheClear(
  more: Pick<Scenario, 'toHttpsPort'>,
  catches: { readonly active: readonly string[]; readonly madeUp: readonly string[] },
): Scenario[] {
  return [
    {
      id: 'living-key',
      title: sendsInTheClear,
      procedure: 'plain HTTP does not look at keys',
      needs: ['expendable-key'],
      to: 'every operation',
      expect: 'not let in',
      catches: catches.active,
      ...more,
    },
    {
      id: 'invented-key',
      title: 'a made-up key over plain HTTP',
      procedure: 'plain HTTP lets nobody in',
      to: 'every operation',
      expect: 'not let in',
      catches: catches.madeUp,
      ...more,
    },
  ];
}

export const transport: Family = {
  id: 'transport',
  title: 'Keys travel encrypted',
  requirements: [
    ...handshakes,
    {
      id: 'transport/plain-http-refused',
      level: 'MUST',
      profile: 'transport',
      sentence: 'Plain HTTP is rejected or redirected before the key is checked.',
      source: https,
      advice: 'Close port 80, or let the front end redirect or reject the request before the API sees it.',
      adviceFits: ['redirect', 'wrong-status'],
      needs: ['https', 'plain-http'],
      scenarios: [
        ...inTheClear(
          {},
          {
            active: [
              'plain-http-serves',
              'plain-http-answers-everybody',
              'plain-http-checks-key-then-redirects',
            ],
            madeUp: ['plain-http-answers-everybody'],
          },
        ),
        {
          id: 'no-trace',
          title: 'the unmodified key writes over plain HTTP, and the owner looks for it over HTTPS',
          procedure: 'plain HTTP leaves no trace',
          needs: ['expendable-key'],
          request: 'traced-nobody',
          to: 'every write that is traceable by its text',
          expect: 'not let in',
          catches: ['plain-http-serves', 'plain-http-writes-then-redirects'],
        },
      ],
    },
    {
      id: 'transport/https-port-takes-no-plain-http',
      level: 'MUST',
      profile: 'transport',
      sentence: 'The HTTPS port does not accept a key over plain HTTP.',
      source: https,
      advice: 'Let the port speak TLS only; do not guess the protocol from the first byte.',
      needs: ['https'],
      scenarios: inTheClear(
        { toHttpsPort: true },
        {
          active: ['https-port-serves-plain-http', 'https-port-answers-everybody'],
          madeUp: ['https-port-answers-everybody'],
        },
      ),
    },
    {
      id: 'transport/plain-http-keeps-the-key',
      level: 'MUST',
      profile: 'transport',
      sentence: 'No answer over plain HTTP repeats the key from the request.',
      source: https,
      advice: 'Redirect to the same path and query, and copy nothing else into Location or the body.',
      needs: ['https', 'plain-http'],
      scenarios: [
        {
          id: 'invented-key',
          title: 'a made-up key over plain HTTP',
          procedure: 'plain HTTP does not repeat the key',
          to: 'every operation',
          expect: 'not let in',
          catches: ['plain-http-redirects-with-key-in-location', 'plain-http-refusal-repeats-key'],
        },
      ],
    },
    {
      id: 'transport/no-way-to-plain-http',
      level: 'MUST',
      profile: 'transport',
      sentence: 'No answer over HTTPS leads to plain HTTP.',
      source: https,
      advice: 'Behind a proxy that ends TLS, build absolute URLs with https, or send a relative Location.',
      needs: ['https'],
      observe: 'no way to plain HTTP',
      scenarios: [
        {
          id: 'trailing-slash',
          title: 'a slash follows the path',
          request: 'repeatable',
          spelling: 'trailing-slash',
          present: { lines: ['Authorization: Bearer {key}'] },
          to: 'every operation',
          expect: 'observed',
          catches: ['slash-redirects-to-plain-http'],
        },
      ],
    },
    {
      id: 'transport/plain-http-redirects-to-https',
      level: 'SHOULD',
      profile: 'transport',
      sentence: 'If plain HTTP is redirected, the first redirect leads to HTTPS.',
      source: rfc(6797, '7.2 HTTP Request Type'),
      advice: 'Redirect to the https URL of the same resource, not to another http URL first.',
      adviceFits: ['redirect'],
      needs: ['https', 'plain-http'],
      scenarios: [
        {
          id: 'invented-key',
          title: 'a made-up key over plain HTTP',
          procedure: 'plain HTTP redirects to HTTPS',
          to: 'every operation',
          expect: 'not let in',
          catches: ['plain-http-redirects-to-plain-http'],
        },
      ],
    },
    hsts,
    http2,
  ],
};
