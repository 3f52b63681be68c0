import type { Requirement } from '../../../harness/model/index.ts';
import { each } from '../each.ts';
import { authentication } from '../sources.ts';

/** A JWE with nothing in it: the key, the initialization vector, the content and its tag are zeros. */
const empty = ['A'.repeat(54), 'A'.repeat(22), 'A'.repeat(43), 'A'.repeat(22)].join('.');

/** What opening a key may cost. */
export const costly: readonly Requirement[] = [
  {
    id: 'token/costly-key-answered-in-time',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that is costly to open is rejected about as soon as a cheap one.',
    source: authentication('Using Your API Key'),
    advice: 'Accept only the algorithm of your own keys, before anything is derived or decompressed.',
    explainedBy: ['presentation/key-required', 'token/signature-verified', 'token/three-segments'],
    adviceFits: ['server-error'],
    scenarios: each(
      {
        to: 'one read operation',
        expect: 'unauthorized',
        procedure: 'a costly key is answered in time',
      },
      [
        {
          id: 'many-iterations',
          title: 'to open the key a password is hashed five million times (PBES2)',
          forge: {
            header: {
              set: {
                alg: 'PBES2-HS256+A128KW',
                enc: 'A128CBC-HS256',
                p2s: 'Y29uZm9ybWFuY2U',
                p2c: 5_000_000,
              },
            },
            compact: `{header}.${empty}`,
          },
          catches: [
            'password-hashed-as-asked',
            'version-public',
            'payload-type-crashes',
            'unauthorized-redirects',
            'bad-signature-forbidden',
          ],
        },
        {
          id: 'decompression-bomb',
          title: 'the claims are encrypted to the public key, and grow to 4 MiB when they are decompressed',
          needs: ['public-key'],
          forge: { encrypt: { what: 'claims', inflates: 4 * 1024 * 1024 } },
          catches: ['inflated-without-bound'],
        },
      ],
    ),
  },
];
