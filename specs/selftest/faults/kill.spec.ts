import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../harness/pipeline.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';
import { requirementsThat, requirementsThatCatch, runReference } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

const [profile, create] = ['POST /v1/users/profile', 'POST /v1/users/create'];
const event = 'GET /v1/events/{IdOrReferenceId}';
const item = '/v1/products/{id}';

/**
 * Where one read and one write operation do not show all that a fault breaks: the operations that do. The version
 * is always among them, for the controls.
 */
const shownOn: Readonly<Record<string, readonly string[]>> = {
  'key-in-json-body': ['POST /v1/products'],
  'version-public': [],
  'transfer-unchecked': [`POST ${item}/transfer`],
  'put-unchecked': ['PUT /v1/events/update', event],
  'balances-need-write': ['POST /v1/users/balances'],
  'write-key-cannot-read': ['POST /v1/users/activation'],
  'refused-after-writing': [profile, create, 'POST /v1/events/create'],
  'lookup-before-permission': ['POST /v1/users/activate'],
  'one-read-ignores-revocation': ['POST /v1/users/fetch'],
  'one-write-ignores-revocation': ['POST /v1/products'],
  'new-key-refused-once': [`GET ${item}`],
  'foreign-event-by-id': [event],
  'foreign-event-by-reference': [event],
  'foreign-event-updated': ['PUT /v1/events/update', event],
  'foreign-event-registered': ['POST /v1/events/attendees/register'],
  'foreign-event-in-product': ['POST /v1/products'],
  'foreign-events-listed': ['GET /v1/events'],
  'foreign-existence-told': [event, 'PUT /v1/events/update'],
  'foreign-item-redeemed': [`POST ${item}/items/redeem`],
  'foreign-item-transferred': [`POST ${item}/transfer`],
  'foreign-product-by-id': [`GET ${item}`],
  'foreign-product-issued': [`POST ${item}/items`],
  'foreign-recipient': [`POST ${item}/transfer`],
  'foreign-user-activated': ['POST /v1/users/activate'],
  'foreign-user-issued': [`POST ${item}/items`],
  'foreign-user-registered': ['POST /v1/events/attendees/register'],
  'project-from-header': [profile, event],
  'success-with-wrong-type': ['POST /v1/users/activation'],
  'unknown-id-crashes': [event, 'PUT /v1/events/update'],
};

/** Faults that no scenario sees today, and what it would take. */
const notYetCaught: Readonly<Record<string, string>> = {
  'options-public': 'OPTIONS is only sent as a preflight, and browsers send that without a key',
  'unknown-path-public': '404 without a key on a path that does not exist is tolerated',
  'denylist-by-text': 'the re-spelled old key was not used in its first spelling while it lived',
  'denylist-by-header': 'the re-spelled old key was not used in its first spelling while it lived',
  'expires-early': 'the clock is not moved past half of the life of a key that expires',
  'foreign-event-registered': 'needs a user of its own beside the foreign event',
  'foreign-user-registered': 'needs an event of its own beside the foreign user',
  'foreign-product-issued': 'needs a user of its own beside the foreign product',
  'foreign-user-issued': 'needs a product of its own beside the foreign user',
  'foreign-item-transferred': 'needs users of its own beside the foreign item',
  'foreign-recipient': 'needs an item of its own beside the foreign user',
  'foreign-existence-told': '403 in place of 404 for what belongs to another project is tolerated',
  'project-from-header': 'no scenario names a project in a header',
  'library-named': 'nothing looks for the names of libraries',
};

for (const { id, breaks } of faults) {
  const why = notYetCaught[id];
  const title =
    why === undefined
      ? `exactly the requirements that claim ${id} see it: ${breaks}`
      : `nothing sees ${id}: ${why}`;
  test(title, async () => {
    const operations = shownOn[id];
    const report = await runReference(
      { faults: [id] },
      operations === undefined
        ? { depth: 'quick', strict: true }
        : { depth: 'full', strict: true, operations: ['GET /v1/version', ...operations] },
    );
    expect(report.cause).toBeUndefined();
    expect(requirementsThat(report, 'fail', 'warn')).toEqual(requirementsThatCatch(id));
  });
}

test('a fault is claimed by a scenario, or it is known that none sees it', () => {
  const claimed = new Set(allScenarios(catalogue).flatMap(({ scenario }) => scenario.catches));
  const ids = faults.map(({ id }) => id);
  expect([...claimed].filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !claimed.has(id)).sort()).toEqual(Object.keys(notYetCaught).sort());
  expect(Object.keys(shownOn).filter((id) => !ids.includes(id))).toEqual([]);
});
