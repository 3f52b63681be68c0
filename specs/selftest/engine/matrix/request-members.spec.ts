import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { emptySet } from '../../../../harness/engine/matrix/fixture-sets.ts';
import { buildRequest } from '../../../../harness/engine/matrix/requests.ts';

interface DescribedSchema {
  readonly $ref?: string;
  readonly items?: DescribedSchema;
  readonly allOf?: readonly DescribedSchema[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The allowed members of a request body; for a list, those of its entries. */
function membersOf(schema: DescribedSchema): string[] {
  const { $ref, items, allOf = [], properties = {} } = schema;
  if ($ref !== undefined)
    return membersOf(bundledDocument.components.$defs[$ref.split('/').at(-1)!] as DescribedSchema);
  return items === undefined ? [...Object.keys(properties), ...allOf.flatMap(membersOf)] : membersOf(items);
}

test('with every member, a write leaves out nothing but other names of the same thing', () => {
  const writes = operationsOf(bundledDocument).filter(
    ({ permission, takesBody }) => permission === 'write' && takesBody,
  );
  const leftOut = writes.map((operation) => {
    const { body } = buildRequest(operation, 'every-member', emptySet('main'), 'a marker');
    const sent = Object.keys((Array.isArray(body) ? body[0] : body) as object);
    const { request } = bundledDocument.operations.find(({ id }) => id === operation.id)!;
    const members = membersOf(request as DescribedSchema);
    expect(members).toEqual(expect.arrayContaining(sent));
    return [operation.id, members.filter((name) => !sent.includes(name)).join(' ')];
  });
  expect(Object.fromEntries(leftOut)).toEqual({
    'POST /v1/users/create': '',
    'POST /v1/users/activate': 'id referenceId',
    'POST /v1/events/create': '',
    'PUT /v1/events/update': '',
    'POST /v1/events/attendees/register': 'email reference_id',
    // Members of minted items, which no test data may be.
    'POST /v1/products': 'chain metadata_uri',
    'POST /v1/products/{id}/items': 'emails',
    'POST /v1/products/{id}/items/redeem': '',
    'POST /v1/products/{id}/transfer': 'recipient_email sender_email',
  });
});
