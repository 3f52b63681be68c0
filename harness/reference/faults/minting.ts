import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

const HUNDRED_YEARS = 100 * 365 * 86_400;

/** Faults in the content of a key. */
export const minting: readonly Fault[] = [
  {
    id: 'keys-carry-expiry',
    breaks: 'A key that was created without an expiry has none.',
    override: (policy) => ({
      mint: (claims) => policy.mint({ ...claims, exp: claims.exp ?? claims.iat + HUNDRED_YEARS }),
    }),
  },
  {
    id: 'login-token-accepted',
    breaks: 'A token that the issuer signed for another purpose is not a key.',
    override: (policy) => ({
      read: (payload, ring) => {
        const isForPeople = typeof payload === 'object' && payload !== null && 'email' in payload;
        return isForPeople ? ring.home() : policy.read(payload, ring);
      },
    }),
  },
  silent('keys-hide-permission', 'A key states its permission.', ({ permission: _, ...rest }) => rest),
  silent('keys-hide-project', 'A key states its project.', ({ project: _, ...rest }) => rest),
];

/** A key without the claim works, because the server looks it up. */
function silent(id: string, breaks: string, hide: (claims: Claims) => object): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      mint: (claims) => ({ ...policy.mint(claims), payload: hide(claims) }),
      read: (payload, ring) => {
        const record = ring.find(String((payload as Partial<Claims> | undefined)?.sub));
        return record === undefined || typeof payload !== 'object'
          ? undefined
          : policy.read({ project: record.project, permission: record.permission, ...payload }, ring);
      },
    }),
  };
}
