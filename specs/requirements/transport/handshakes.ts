import type { Requirement } from '../../../harness/model/index.ts';
import { each } from '../each.ts';
import { bestPractices, rfc } from '../sources.ts';

const refused = {
  procedure: 'the handshake is refused',
  to: 'one read operation',
  expect: 'not let in',
} as const;

/** What comes about, or does not, before the first byte of HTTP. */
export const handshakes: readonly Requirement[] = [
  {
    id: 'transport/https-used',
    level: 'MUST',
    profile: 'transport',
    sentence: 'The API uses HTTPS with TLS 1.2 or later, and every certificate that it presents is valid.',
    source: bestPractices('HTTPS for all calls'),
    advice:
      'Renew all certificates of the server together, including the one for clients without elliptic curves.',
    needs: ['https'],
    scenarios: [
      {
        id: 'rsa-certificate',
        title: 'a TLS client that accepts RSA certificates only',
        handshake: 'RSA certificates',
        procedure: 'the certificate verifies',
        to: 'one read operation',
        expect: 'accepted',
        catches: ['expired-rsa-certificate'],
      },
    ],
  },
  {
    id: 'transport/old-tls-refused',
    level: 'SHOULD',
    profile: 'transport',
    sentence: 'A client that supports nothing newer than TLS 1.1 is rejected.',
    source: rfc(9325, '3.1.1 SSL/TLS Protocol Versions'),
    advice: 'Set the minimum protocol version of the front end to TLS 1.2.',
    needs: ['https'],
    scenarios: each(refused, [
      {
        id: 'tls-1-0',
        title: 'a TLS client that offers TLS 1.0 only',
        handshake: 'TLS 1.0',
        catches: ['old-tls-accepted'],
      },
      {
        id: 'tls-1-1',
        title: 'a TLS client that offers TLS 1.1 only',
        handshake: 'TLS 1.1',
        catches: ['old-tls-accepted', 'tls-1-1-accepted'],
      },
    ]),
  },
  {
    id: 'transport/weak-ciphers-refused',
    level: 'SHOULD',
    profile: 'transport',
    sentence: 'No connection is possible without a certificate or without encryption.',
    source: rfc(9325, '4.1 General Guidelines'),
    advice: 'Use the default cipher suites of a maintained TLS library.',
    needs: ['https'],
    scenarios: each(refused, [
      {
        id: 'without-certificate',
        title: 'a TLS client that offers anonymous cipher suites only',
        handshake: 'no authentication',
        catches: ['anonymous-tls'],
      },
      {
        id: 'without-encryption',
        title: 'a TLS client that offers cipher suites without encryption only',
        handshake: 'no encryption',
        catches: ['unencrypted-tls'],
      },
    ]),
  },
];
