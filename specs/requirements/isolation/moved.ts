import type { Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';

/** Members of a body by which a server may believe whose a thing is. */
const members: Readonly<Record<string, readonly string[]>> = {
  'project-snake-case': ['project_id'],
  'project-camel-case': ['projectId'],
  'project-bare': ['project'],
  tenant: ['tenant_id', 'tenantId', 'tenant'],
  organization: ['organization_id', 'organizationId', 'org_id', 'orgId'],
  account: ['account_id', 'accountId', 'workspace_id', 'workspaceId'],
  owner: ['owner_id', 'ownerId', 'owner'],
};

/** Faults that change what a key of another project names by its id, whatever else the request says. */
export const unscoped = [
  'foreign-user-activated',
  'foreign-event-updated',
  'foreign-event-in-product',
  'unknown-id-crashes',
];

const rows = Object.entries(members).map(([id, names]) => ({
  id,
  said: names.join(', '),
  present: {
    headers: { Authorization: 'Bearer {key}' },
    members: Object.fromEntries(names.map((name) => [name, '{project}'])),
  },
}));

/**
 * Writes with a key of another project that say in the body that they are for this one. A conformant server knows no
 * such member, or has none but the project of the key in it: it leaves it out, or refuses the body.
 */
export const moved: readonly Scenario[] = [
  ...each(
    {
      key: 'other-project-write',
      request: 'by-id',
      // An item is used up by who comes first.
      to: 'every write operation that needs something but an item',
      expect: 'not found',
    },
    rows.map(({ id, said, ...row }) => ({
      ...row,
      id: `write-into-${id}`,
      title: `a write key of another project writes by id and says in the body that ${said} is this one`,
      catches: [`written-into-${id}`, ...unscoped],
    })),
  ),
  ...each(
    {
      key: 'other-project-write',
      request: 'foreign-beside-by-id',
      procedure: 'things stay in their project',
      to: 'every repeatable write about an event',
      expect: 'nothing of another project',
    },
    rows.map(({ id, said, ...row }) => ({
      ...row,
      id: `move-to-${id}`,
      title: `a write key of another project changes an own event and says in the body that ${said} is this one`,
      catches: [`moved-to-${id}`],
    })),
  ),
];
