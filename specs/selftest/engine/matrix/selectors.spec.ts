import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { selectOperations } from '../../../../harness/engine/matrix/selectors.ts';
import type { Operation, OperationSelector, RequestVariant } from '../../../../harness/model/index.ts';
import { reading, writing } from '../../support/operations-of-mufi.ts';
import { wordsOf } from '../../support/vocabulary.ts';

const ids = (chosen: readonly Operation[]): string[] => chosen.map(({ id }) => id);

/** The operations of the tables; a new operation is in the groups that its file names. */
const operations = operationsOf(bundledDocument).filter(({ id }) => [...reading, ...writing].includes(id));

const looked = [
  'POST /v1/users/profile',
  'POST /v1/users/activation',
  'POST /v1/users/balances',
  'GET /v1/events/{IdOrReferenceId}',
  'GET /v1/products/{id}',
];
const makes = ['POST /v1/users/create', 'POST /v1/events/create'];
const traceable = [
  'POST /v1/users/create',
  'POST /v1/users/activate',
  'POST /v1/events/create',
  'PUT /v1/events/update',
  'POST /v1/products/{id}/items/redeem',
  'POST /v1/products/{id}/transfer',
];
const selected: Readonly<Record<string, readonly string[]>> = {
  'every operation': [...reading, ...writing],
  'every read operation': reading,
  'every write operation': writing,
  'every operation with a body': [...reading.slice(0, 4), ...writing],
  'every operation with an id': [
    'POST /v1/users/profile',
    'POST /v1/users/activation',
    'POST /v1/users/balances',
    'GET /v1/events/{IdOrReferenceId}',
    'GET /v1/products/{id}',
    'POST /v1/users/activate',
    'PUT /v1/events/update',
    'POST /v1/events/attendees/register',
    'POST /v1/products/{id}/items',
    'POST /v1/products/{id}/items/redeem',
    'POST /v1/products/{id}/transfer',
  ],
  'every write operation with an id in its path': writing.filter((id) => id.includes('{')),
  'every operation that needs something': [
    ...reading.filter((id) => looked.includes(id)),
    ...writing.filter((id) => !makes.includes(id)),
  ],
  'every read operation that needs something': looked,
  'every write operation that needs something': writing.filter((id) => !makes.includes(id)),
  'every write operation that needs something but an item': writing.filter(
    (id) => !makes.includes(id) && !/redeem|transfer/.test(id),
  ),
  // All of them, because each has a valid request.
  'every write operation that offers the request': writing,
  'every GET operation': reading.filter((id) => id.startsWith('GET ')),
  'every list': ['POST /v1/users/fetch', 'GET /v1/events'],
  'every repeatable write': [
    'POST /v1/users/create',
    'POST /v1/users/activate',
    'PUT /v1/events/update',
    'POST /v1/events/attendees/register',
  ],
  'every repeatable write about an event': ['PUT /v1/events/update', 'POST /v1/events/attendees/register'],
  'every read operation about a user': [
    'POST /v1/users/profile',
    'POST /v1/users/activation',
    'POST /v1/users/balances',
  ],
  'every traceable write': traceable,
  'every write that is traceable by its text': [
    'POST /v1/users/create',
    'POST /v1/events/create',
    'PUT /v1/events/update',
  ],
  'every write that is traceable across projects': traceable.filter((id) => id !== 'POST /v1/events/create'),
  'operations that show access': ['POST /v1/users/fetch', 'GET /v1/version'],
  'one read and one write operation': ['GET /v1/version', 'POST /v1/users/activate'],
  'one read operation': ['GET /v1/version'],
  'one operation of each kind': [
    'POST /v1/users/create',
    'POST /v1/users/profile',
    'PUT /v1/events/update',
    'GET /v1/events',
  ],
  'one write operation of each method': ['POST /v1/users/create', 'PUT /v1/events/update'],
  'every read operation of one thing': ['GET /v1/events/{IdOrReferenceId}', 'GET /v1/products/{id}'],
  // Nothing that is tried is claimed absent.
  'every operation that is claimed absent': [],
};

test('every selector selects its operations, in the order of the document', () => {
  expect(wordsOf('catalogue', 'OperationSelector')).toEqual(Object.keys(selected));
  for (const [selector, expected] of Object.entries(selected)) {
    const chosen = ids(selectOperations(selector as OperationSelector, operations));
    expect([...chosen].sort(), selector).toEqual([...expected].sort());
    expect(chosen, selector).toEqual(ids(operations).filter((id) => chosen.includes(id)));
  }
});

test('a request that only some operations offer goes to those', () => {
  const offering = (request: RequestVariant): string[] =>
    ids(selectOperations('every write operation that offers the request', operations, request));
  const [activate, update] = ['POST /v1/users/activate', 'PUT /v1/events/update'];
  const [register, issue] = ['POST /v1/events/attendees/register', 'POST /v1/products/{id}/items'];
  const transfer = 'POST /v1/products/{id}/transfer';
  expect(offering('by-id')).toEqual([activate, update]);
  expect(offering('by-reference')).toEqual([activate, update, register]);
  expect(offering('by-email')).toEqual([register, issue, transfer]);
  expect(offering('every-member')).toEqual([update, register, 'POST /v1/products']);
  expect(offering('foreign-by-reference')).toEqual([activate, update]);
  expect(offering('foreign-event')).toEqual([register]);
  expect(offering('foreign-user')).toEqual([register, issue]);
  expect(offering('foreign-user-by-email')).toEqual([register, issue]);
  expect(offering('foreign-user-by-reference')).toEqual([register]);
  expect(offering('foreign-product')).toEqual([issue]);
  expect(offering('foreign-product-beside')).toEqual([issue]);
  expect(offering('foreign-item')).toEqual(['POST /v1/products/{id}/items/redeem', transfer]);
  expect(offering('foreign-item-and-sender')).toEqual([transfer]);
  expect(offering('foreign-recipient')).toEqual([transfer]);
  expect(offering('foreign-recipient-by-email')).toEqual([transfer]);
});

test('an operation of somebody else is in the groups that the document tells of, and in no other', () => {
  const own = { ...operations[0]!, id: 'POST /v2/things', path: '/v2/things' };
  const groups = wordsOf('catalogue', 'OperationSelector') as OperationSelector[];
  expect(groups.filter((group) => selectOperations(group, [own]).length > 0)).toEqual([
    'every operation',
    'every write operation',
    'every operation with a body',
    'one operation of each kind',
    'one write operation of each method',
  ]);
  const byPath = { ...own, id: 'POST /v2/things/{id}', path: '/v2/things/{id}' };
  expect(selectOperations('every operation with an id', [byPath])).toEqual([byPath]);
});

test('the one read operation is the version, or the first one if there is no version', () => {
  const rest = operations.filter(({ path }) => path !== '/v1/version');
  expect(ids(selectOperations('one read operation', rest))).toEqual(['POST /v1/users/profile']);
  expect(
    selectOperations(
      'one read operation',
      operations.filter(({ permission }) => permission === 'write'),
    ),
  ).toEqual([]);
});
