import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { emptySet } from '../../../../harness/engine/matrix/fixture-sets.ts';
import { known, knownOperations, operationThat } from '../../../../harness/engine/matrix/operations/index.ts';
import { textOf } from '../../support/imports.ts';

const folder = 'harness/engine/matrix/operations';
const documented = operationsOf(bundledDocument);

test('the suite knows every operation of the document, and no other', () => {
  const ids = knownOperations.map(({ id }) => id);
  expect([...ids].sort()).toEqual(documented.map(({ id }) => id).sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('each operation has a file of its own, which the index lists', () => {
  const files = readdirSync(folder).filter((file) =>
    /^\s+id(: '[A-Z]+ \/|,$)/m.test(textOf(`${folder}/${file}`)),
  );
  const index = textOf(`${folder}/index.ts`);
  expect(files.length).toBe(knownOperations.length);
  expect(files.filter((file) => !index.includes(`from './${file}'`))).toEqual([]);
});

test('an operation has bodies if the document gives it one', () => {
  for (const operation of documented) {
    expect(known(operation)?.bodies !== undefined, operation.id).toBe(operation.takesBody);
  }
});

test('only writes make, note, move and work; only reads find and list', () => {
  const members = (permission: 'read' | 'write'): string[] => {
    const some = documented.filter((one) => one.permission === permission).map((one) => known(one)!);
    return [...new Set(some.flatMap((one) => Object.keys(one)))];
  };
  const writing = ['makes', 'notes', 'moves', 'work', 'grows', 'conflicts', 'crossProject'];
  const reading = ['finds', 'paging', 'showsAccess'];
  expect(members('read').filter((member) => writing.includes(member))).toEqual([]);
  expect(members('write').filter((member) => reading.includes(member))).toEqual([]);
  expect(members('write')).toEqual(expect.arrayContaining(writing));
  expect(members('read')).toEqual(expect.arrayContaining(reading));
});

test('the fixture is found, made and noted by known operations', () => {
  const set = emptySet('main');
  expect(operationThat('finds', 'event').pathByReference?.(set)).toEqual({
    IdOrReferenceId: set.eventReference,
  });
  expect(operationThat('makes', 'product').makes?.bodies(set)).toHaveLength(3);
  expect(operationThat('moves', 'item').moves?.back(set)).toEqual({
    product_item_id: set.itemId,
    sender_user_id: set.secondUserId,
    recipient_user_id: set.userId,
  });
  expect(() => operationThat('moves', 'user')).toThrow('No known operation moves the user of the fixture.');
});
