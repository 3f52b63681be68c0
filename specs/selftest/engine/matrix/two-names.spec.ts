import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import {
  emptyFixture,
  emptyOtherProject,
  mixedSet,
  namedByOthers,
} from '../../../../harness/engine/matrix/fixture-sets.ts';
import { buildRequest } from '../../../../harness/engine/matrix/requests.ts';
import type { OtherProjectVariant } from '../../../../harness/model/index.ts';

const operations = operationsOf(bundledDocument);
const own = emptyOtherProject;
const { main, 'traced-foreign': traced, 'traced-nobody': quiet } = emptyFixture;

function body(id: string, variant: OtherProjectVariant): unknown {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`there is no ${id}`);
  return buildRequest(operation, variant, mixedSet(own, namedByOthers(emptyFixture, variant), variant), 'm')
    .body;
}

test('a request names an own thing by one name and one of the other project by another', () => {
  const profile = 'POST /v1/users/profile';
  expect(body(profile, 'foreign-email-beside-id')).toEqual({ id: own.userId, email: main.userEmail });
  expect(body(profile, 'foreign-reference-beside-id')).toEqual({
    id: own.userId,
    referenceId: main.userReference,
  });
  expect(body('POST /v1/events/attendees/register', 'foreign-id-beside-email')).toMatchObject({
    event_id: own.eventId,
    user_id: main.userId,
    email: own.userEmail,
  });
});

test('an own item that may be transferred stays with who has it', () => {
  const transfer = 'POST /v1/products/{id}/transfer';
  const sent = { product_item_id: own.itemId, sender_user_id: own.userId };
  expect(body(transfer, 'foreign-recipient-email-beside-id')).toEqual({
    ...sent,
    recipient_user_id: own.userId,
    recipient_email: main.secondUserEmail,
  });
  expect(body(transfer, 'foreign-recipient-id-beside-email')).toEqual({
    ...sent,
    recipient_user_id: main.secondUserId,
    recipient_email: own.userEmail,
  });
});

test('the owner looks at a user whom no other request activates', () => {
  const activate = 'POST /v1/users/activate';
  expect(namedByOthers(emptyFixture, 'traced-name-beside-id').userEmail).toBe(traced.secondUserEmail);
  expect(body(activate, 'traced-name-beside-id')).toEqual({ id: own.userId, email: traced.secondUserEmail });
  expect(body(activate, 'traced-id-beside-name')).toEqual({ id: quiet.secondUserId, email: own.userEmail });
});
