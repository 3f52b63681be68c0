import type { Operation, Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import { behindRefusals } from './behind-refusals.ts';
import { bypasses } from './bypasses.ts';
import type { Fault } from './fault.ts';
import { framing } from './framing.ts';
import { keptPermissions } from './kept-verdicts.ts';
import { mixedUp } from './mixed-up.ts';
import { namedOtherwise } from './named-otherwise.ts';
import { knownRing } from './ring.ts';
import { unchecked } from './unchecked.ts';

/** Faults in what a permission allows. */
export const permissions: readonly Fault[] = [
  unchecked('permission-ignored', 'A read key is rejected on every write operation.', () => true),
  unchecked(
    'transfer-unchecked',
    'A read key is rejected on every write operation.',
    (_, { operationId }) => operationId === 'transferProductItem',
  ),
  unchecked(
    'put-unchecked',
    'A read key is rejected on every write operation.',
    (_, { method }) => method === 'PUT',
  ),
  refusing(
    'posts-need-write',
    'A read operation that uses POST is still a read operation.',
    (permission, operation) => permission === 'read' && operation.method === 'POST',
  ),
  refusing(
    'balances-need-write',
    'A read key can read balances.',
    (permission, operation) => permission === 'read' && operation.operationId === 'getUserBalances',
  ),
  refusing(
    'write-key-cannot-read',
    'A write key can also read.',
    (permission, operation) => permission === 'write' && operation.operationId === 'getUserActivation',
  ),
  refusing(
    'write-key-cannot-create',
    'A write key can create.',
    (permission, operation) => permission === 'write' && operation.operationId === 'createUsers',
  ),
  {
    id: 'permission-of-first-project-only',
    breaks: 'The permission of a key counts in every project.',
    override: (policy) => {
      const { verify, ring } = knownRing(policy);
      return {
        verify,
        permissionOf: (claims, request) =>
          claims.project === ring()?.home()?.project ? policy.permissionOf(claims, request) : 'write',
      };
    },
  },
  {
    id: 'refused-after-writing',
    breaks: 'A rejected write leaves no trace.',
    override: () => ({ order: ['authenticate', 'validate', 'locate', 'perform', 'authorize'] }),
  },
  {
    id: 'validation-before-permission',
    breaks: 'The permission is checked before the body.',
    override: () => ({ order: ['authenticate', 'validate', 'authorize', 'locate', 'perform'] }),
  },
  {
    id: 'lookup-before-permission',
    breaks: 'The permission is checked before anything is looked up.',
    override: () => ({ order: ['authenticate', 'locate', 'authorize', 'validate', 'perform'] }),
  },
  refusedAs('refused-as-401', 'A valid key without the permission is rejected with 403, not with 401.', 401),
  refusedAs('refused-as-404', 'A valid key without the permission is rejected with 403, not with 404.', 404),
  ...behindRefusals,
  ...namedOtherwise,
  ...bypasses,
  ...framing,
  ...mixedUp,
  ...keptPermissions,
];

function refusing(
  id: string,
  breaks: string,
  when: (permission: Permission, operation: Operation) => boolean,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      mayCall: (permission, operation, request) =>
        !when(permission, operation) && policy.mayCall(permission, operation, request),
    }),
  };
}

function refusedAs(id: string, breaks: string, status: number): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      statusOf: (why, call) => (why === 'permission' ? status : policy.statusOf(why, call)),
    }),
  };
}
