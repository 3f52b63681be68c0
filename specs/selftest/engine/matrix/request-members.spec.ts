import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { emptySet } from '../../../../harness/engine/matrix/fixture-sets.ts';
import { known } from '../../../../harness/engine/matrix/operations/index.ts';
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

test('with every member, a write leaves out only what its operation says', () => {
  const writes = operationsOf(bundledDocument).filter(
    ({ permission, takesBody }) => permission === 'write' && takesBody,
  );
  for (const operation of writes) {
    const { body } = buildRequest(operation, 'every-member', emptySet('main'), 'a marker');
    const sent = Object.keys((Array.isArray(body) ? body[0] : body) as object);
    const { request } = bundledDocument.operations.find(({ id }) => id === operation.id)!;
    const members = membersOf(request as DescribedSchema);
    expect(members).toEqual(expect.arrayContaining(sent));
    const leftOut = members.filter((name) => !sent.includes(name));
    expect(leftOut, operation.id).toEqual(known(operation)?.leavesOut ?? []);
  }
});
