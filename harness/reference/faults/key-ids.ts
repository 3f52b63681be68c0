import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asClaims } from '../keyring.ts';
import type { Policy } from '../policy.ts';
import { isHmacOf, peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const folder = '/srv/mufi/keys';

/** Faults that use a key id for something other than a lookup. */
export const keyIds: readonly Fault[] = [
  secretBy('kid-file-is-secret', 'A key id does not name a file.', (kid) =>
    kid.startsWith('/') ? readFileSync(kid) : undefined,
  ),
  secretBy('kid-trimmed-file-is-secret', 'A key id does not name a file.', (kid) => {
    const content = kid.startsWith('/') ? readFileSync(kid, 'utf8') : '';
    return content === '' ? undefined : content.trim();
  }),
  secretBy('kid-below-folder-is-secret', 'A key id does not name a file.', (kid) =>
    kid.includes('/') && !kid.startsWith('/') ? readFileSync(join(folder, kid)) : undefined,
  ),
  secretBy('kid-cut-at-zero-byte', 'A zero byte does not end a key id.', (kid) => {
    const [path = '', ...rest] = `${kid}.pem`.split('\u0000');
    return rest.length > 0 && path.startsWith('/') ? readFileSync(path) : undefined;
  }),
  secretBy(
    'kid-query-is-secret',
    'A key id is not part of a query.',
    (kid) => /(['"]) union (?:all )?select \1([^'"]*)\1 *(?:--|;)/i.exec(kid)?.[2],
  ),
  secretBy(
    'kid-query-of-columns-is-secret',
    'A key id is not part of a query.',
    (kid) => /' union select '([^']*)'(?:,'\1')+ *--/i.exec(kid)?.[1],
  ),
  secretBy(
    'kid-query-in-parentheses-is-secret',
    'A key id is not part of a query.',
    (kid) => /'\) union select '([^']*)' *--/i.exec(kid)?.[1],
  ),
  secretBy(
    'kid-query-of-number-is-secret',
    'A key id is not part of a query.',
    (kid) => /^\d+ union select '([^']*)'$/i.exec(kid)?.[1],
  ),
  secretBy('kid-is-secret', 'Everybody knows a key id.', (kid) => kid),
  trusting(
    'known-kid-is-secret',
    'Everybody knows a key id.',
    (peeked, { signer }) => peeked.header.kid === signer.kid && isHmacOf(peeked, String(signer.kid)),
  ),
  secretBy('kid-command-is-secret', 'A key id is not a command.', (kid) => {
    const said = /^\| *echo (\w+)$/.exec(kid)?.[1];
    return said === undefined ? undefined : `${said}\n`;
  }),
  secretBy('kid-template-is-secret', 'A key id is not evaluated as a template.', (kid) => {
    const [, one, another] = /^\{\{(\d+)\*(\d+)\}\}$/.exec(kid) ?? [];
    return one === undefined ? undefined : String(Number(one) * Number(another));
  }),
  secretBy('kid-property-is-secret', 'A key id is not used as a property name of an object.', (kid) => {
    const secrets: Record<string, unknown> = {};
    return secrets[kid] === undefined ? undefined : String(secrets[kid]);
  }),
  {
    id: 'empty-kid-unverified',
    breaks: 'An empty, null or zero key id does not name a key.',
    override: (policy) => ({
      verify: async (token, ring, call) => {
        const { header = {}, payload } = peek(token) ?? {};
        const believes = header.kid !== undefined && !header.kid;
        return (believes ? asClaims(payload) : undefined) ?? policy.verify(token, ring, call);
      },
    }),
  },
  crashing('kid-type-crashes', 'A key id of any type is handled without an error.', (kid) => {
    if (kid === true || (typeof kid === 'object' && kid !== null)) throw new TypeError('no text');
  }),
  crashing('long-kid-crashes', 'A key id of any length is handled without an error.', (kid) => {
    if (String(kid).length > 1_000) throw new Error('ENAMETOOLONG');
  }),
];

type Secret = (kid: string) => string | Buffer | undefined;

/** Takes the secret of an HMAC from the key id. */
function secretBy(id: string, breaks: string, find: Secret): Fault {
  const secretOf: Secret = (kid) => {
    try {
      return find(kid);
    } catch {
      return undefined;
    }
  };
  return trusting(id, breaks, (peeked) => {
    const secret = secretOf(String(peeked.header.kid));
    return secret !== undefined && isHmacOf(peeked, secret);
  });
}

function crashing(id: string, breaks: string, look: (kid: unknown) => void): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (token, ring, call) => {
        look(peek(token)?.header.kid);
        return policy.verify(token, ring, call);
      },
    }),
  };
}
