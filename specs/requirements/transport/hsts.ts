import type { Requirement } from '../../../harness/model/index.ts';
import { rfc } from '../sources.ts';

/** HTTP Strict Transport Security. */
export const hsts: Requirement = {
  id: 'transport/hsts',
  level: 'SHOULD',
  profile: 'transport',
  sentence: 'Answers over HTTPS, and only those, carry one Strict-Transport-Security with a max-age above 0.',
  source: rfc(6797, '7.1 HTTP-over-Secure-Transport Request Type'),
  advice: 'Set Strict-Transport-Security: max-age=31536000 once, where TLS ends, and not on port 80.',
  needs: ['https'],
  scenarios: [
    {
      id: 'over-https',
      title: 'the unmodified write key over HTTPS',
      procedure: 'HSTS is in force',
      to: 'every operation',
      expect: 'accepted',
      catches: ['hsts-missing', 'hsts-malformed', 'hsts-without-age', 'hsts-zero', 'hsts-twice'],
    },
    {
      id: 'over-plain-http',
      title: 'a made-up key over plain HTTP',
      procedure: 'HSTS is not sent in the clear',
      needs: ['plain-http'],
      to: 'one read operation',
      expect: 'not let in',
      catches: ['hsts-over-plain-http'],
    },
  ],
};
