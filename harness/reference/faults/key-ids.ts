import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asClaims } from '../keyring.ts';
import type { Policy } from '../policy.ts';
import { isHmacOf, peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { trusting } from './trusting.ts';

const folder = '/srv/mufi/keys';

/** Faults that make something of a key id other than looking it up. */
export const keyIds: readonly Fault[] = [
  secretBy('kid-file-is-secret', 'A key id names no file.', (kid) =>
    kid.startsWith('/') ? readFileSync(kid) : undefined,
  ),
  secretBy('kid-trimmed-file-is-secret', 'A key id names no file.', (kid) => {
    const content = kid.startsWith('/') ? readFileSync(kid, 'utf8') : '';
    return content === '' ? undefined : content.trim();
  }),
  secretBy('kid-below-folder-is-secret', 'A key id names no file.', (kid) =>
    kid.includes('/') && !kid.startsWith('/') ? readFileSync(join(folder, kid)) : undefined,
  ),
  secretBy('kid-cut-at-zero-byte', 'A zero byte does not end a key id.', (kid) => {
    const [path = '', ...rest] = `${kid}.pem`.split('\u0000');
    return rest.length > 0 && path.startsWith('/') ? readFileSync(path) : undefined;
  }),
  secretBy(
    'kid-query-is-secret',
    'A key id is not a part of a query.',
    (kid) => /(['"]) union (?:all )?select \1([^'"]*)\1 *(?:--|;)/i.exec(kid)?.[2],
  ),
  secretBy('kid-command-is-secret', 'A key id is not a command.', (kid) => {
    const said = /^\| *echo (\w+)$/.exec(kid)?.[1];
    return said === undefined ? undefined : `${said}\n`;
  }),
  secretBy('kid-template-is-secret', 'A key id is not a template.', (kid) => {
    const [, one, another] = /^\{\{(\d+)\*(\d+)\}\}$/.exec(kid) ?? [];
    return one === undefined ? undefined : String(Number(one) * Number(another));
  }),
  secretBy('kid-property-is-secret', 'A key id is not a property of an object.', (kid) => {
    const secrets: Record<string, unknown> = {};
    return secrets[kid] === undefined ? undefined : String(secrets[kid]);
  }),
  {
    id: 'empty-kid-unverified',
    breaks: 'A key id that is empty, null or zero names no key.',
    override: (policy) => ({
      verify: async (token, ring, call) => {
        const { header = {}, payload } = peek(token) ?? {};
        const believes = header.kid !== undefined && !header.kid;
        return (believes ? asClaims(payload) : undefined) ?? policy.verify(token, ring, call);
      },
    }),
  },
  crashing('kid-type-crashes', 'A key id of any type is looked up.', (kid) => {
    if (kid === true || (typeof kid === 'object' && kid !== null)) throw new TypeError('no text');
  }),
  crashing('long-kid-crashes', 'A key id of any length is looked up.', (kid) => {
    if (String(kid).length > 255) throw new Error('ENAMETOOLONG');
  }),
];

type Secret = (kid: string) => string | Buffer | undefined;

/** The secret of an HMAC comes from the key id. */
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
