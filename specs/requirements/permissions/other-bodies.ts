import type { RequestVariant, Scenario } from '../../../harness/model/index.ts';

type Row = readonly [request: RequestVariant, title: string, fault: string, ...operations: string[]];

const activate = 'POST /v1/users/activate';
const update = 'PUT /v1/events/update';
const register = 'POST /v1/events/attendees/register';
const issue = 'POST /v1/products/{id}/items';
const transfer = 'POST /v1/products/{id}/transfer';

const rows: readonly Row[] = [
  ['by-id', 'the read key names what it changes by id', 'named-by-id-unchecked', activate, update],
  [
    'by-reference',
    'the read key names what it changes by reference id',
    'named-by-reference-unchecked',
    activate,
    update,
    register,
  ],
  [
    'by-email',
    'the read key names users by e-mail address',
    'named-by-email-unchecked',
    register,
    issue,
    transfer,
  ],
  [
    'every-member',
    'the read key sends the members that may be left out as well',
    'more-members-unchecked',
    update,
    register,
    'POST /v1/products',
  ],
];

/** Other valid bodies of the same operations: each way through an operation may have a check of its own. */
export const otherBodies: readonly Scenario[] = rows.map(([request, title, fault, ...operations]) => ({
  id: request,
  title,
  key: 'read',
  request,
  to: { operations },
  expect: 'forbidden',
  catches: [fault],
}));
