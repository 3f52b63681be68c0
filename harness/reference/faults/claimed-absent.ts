import { asClaims } from '../keyring.ts';
import type { ApiRequest, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

const operationId = 'transferProductItem';
const without = ['POST /v1/products/{id}/transfer'];

/** Faults of a server that says it cannot transfer items and still answers some requests for it. */
export const claimedAbsent: readonly Fault[] = [
  leaving('claimed-absent-open', (request) => request.authorization.length === 0, {
    exempt: (policy) => (call, ring) => (isTransfer(call) ? ring.home() : policy.exempt(call, ring)),
  }),
  leaving('claimed-absent-known-to-read-keys', (request) => permissionIn(request) === 'read'),
  leaving('claimed-absent-known-to-write-keys', (request) => permissionIn(request) === 'write'),
  leaving('claimed-absent-open-to-forged-keys', (request) => permissionIn(request) === 'write', {
    verify: (policy) => async (token, ring, call) => {
      const claims = await policy.verify(token, ring, call);
      if (!isTransfer(call)) return claims;
      // A valid key gets the answer of an unknown path.
      if (claims !== undefined) Object.assign(call, { operation: undefined });
      return claims ?? asClaims(peek(token)?.payload);
    },
  }),
];

type Overrides = { readonly [Name in 'exempt' | 'verify']?: (policy: Policy) => Policy[Name] };

/** The operation exists only if `when` is true. */
function leaving(id: string, when: (request: ApiRequest) => boolean, overrides: Overrides = {}): Fault {
  return {
    id,
    breaks: 'An operation that is claimed absent answers like a path that does not exist.',
    without,
    override: (policy) => ({
      findOperation: (method, path, request) => {
        const found = policy.findOperation(method, path, request);
        return found?.operation.operationId === operationId && !when(request) ? undefined : found;
      },
      ...(overrides.exempt === undefined ? {} : { exempt: overrides.exempt(policy) }),
      ...(overrides.verify === undefined ? {} : { verify: overrides.verify(policy) }),
    }),
  };
}

function isTransfer({ operation }: Call): boolean {
  return operation?.operationId === operationId;
}

function permissionIn({ authorization: [value = ''] }: ApiRequest): string | undefined {
  return asClaims(peek(value.replace(/^bearer /i, ''))?.payload)?.permission;
}
