import type { Handshake, Requirement, Scenario } from '../../../harness/model/index.ts';
import { bestPractices, rfc } from '../sources.ts';

function offering(
  id: string,
  handshake: Handshake,
  title: string,
  ...catches: string[]
): Pick<Scenario, 'id' | 'handshake' | 'title' | 'to' | 'catches'> {
  return { id, handshake, title, to: 'one read operation', catches };
}

function refused(...args: Parameters<typeof offering>): Scenario {
  return { ...offering(...args), procedure: 'the handshake is refused', expect: 'not let in' };
}

function verified(...args: Parameters<typeof offering>): Scenario {
  return { ...offering(...args), procedure: 'the certificate verifies', expect: 'accepted' };
}

/** What comes about, or does not, before the first byte of HTTP. */
export const handshakes: readonly Requirement[] = [
  {
    id: 'transport/https-used',
    level: 'MUST',
    profile: 'transport',
    sentence:
      'The API is reached over HTTPS on TLS 1.2 or later, and every certificate that it shows verifies.',
    source: bestPractices('HTTPS for all calls'),
    advice: 'Renew all certificates of the server together, the one for clients without elliptic curves too.',
    needs: ['https'],
    scenarios: [
      verified(
        'rsa-certificate',
        'RSA certificates',
        'a TLS client that takes RSA certificates only',
        'expired-rsa-certificate',
      ),
    ],
  },
  {
    id: 'transport/old-tls-refused',
    level: 'SHOULD',
    profile: 'transport',
    sentence: 'A client that knows nothing newer than TLS 1.1 is refused.',
    source: rfc(9325, '3.1.1 SSL/TLS Protocol Versions'),
    advice: 'Set the lowest protocol version of the front end to TLS 1.2.',
    needs: ['https'],
    scenarios: [
      refused('tls-1-0', 'TLS 1.0', 'a TLS client that offers TLS 1.0 only', 'old-tls-accepted'),
      refused(
        'tls-1-1',
        'TLS 1.1',
        'a TLS client that offers TLS 1.1 only',
        'old-tls-accepted',
        'tls-1-1-accepted',
      ),
    ],
  },
  {
    id: 'transport/weak-ciphers-refused',
    level: 'SHOULD',
    profile: 'transport',
    sentence: 'No connection comes about without a certificate or without encryption.',
    source: rfc(9325, '4.1 General Guidelines'),
    advice: 'Leave the cipher suites to the defaults of a maintained TLS library.',
    needs: ['https'],
    scenarios: [
      refused(
        'without-certificate',
        'no authentication',
        'a TLS client that offers anonymous cipher suites only',
        'anonymous-tls',
      ),
      refused(
        'without-encryption',
        'no encryption',
        'a TLS client that offers cipher suites without encryption only',
        'unencrypted-tls',
      ),
    ],
  },
];
