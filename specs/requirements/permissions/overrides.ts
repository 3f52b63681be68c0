import { pathThatServesAs } from '../../../harness/engine/matrix/operations/index.ts';
import type { Presentation, Scenario } from '../../../harness/model/index.ts';

/** A request that a read key may send, and what turns it into a write. */
interface Row {
  readonly id: string;
  readonly title: string;
  readonly present: Presentation;
  readonly method?: string;
  readonly path?: string;
  /** Faults that see no difference to the method itself. */
  readonly catches?: readonly string[];
}

const asGet = (header: string): Pick<Row, 'method' | 'present'> => ({
  method: 'GET',
  present: { headers: { [header]: '{method}' } },
});

const elsewhere = (header: string): Pick<Row, 'path' | 'present'> => ({
  path: pathThatServesAs('of a read'),
  present: { headers: { [header]: '{path}' } },
});

const rows: readonly Row[] = [
  {
    id: 'get-with-http-method-override',
    title: 'GET, and a header that says which method is meant (X-HTTP-Method-Override)',
    ...asGet('X-HTTP-Method-Override'),
  },
  {
    id: 'get-with-http-method',
    title: 'GET, and a header that says which method is meant (X-HTTP-Method)',
    ...asGet('X-HTTP-Method'),
  },
  {
    id: 'get-with-method-override',
    title: 'GET, and a header that says which method is meant (X-Method-Override)',
    ...asGet('X-Method-Override'),
  },
  {
    id: 'get-with-forwarded-method',
    title: 'GET, and a header that says which method is meant (X-Forwarded-Method)',
    ...asGet('X-Forwarded-Method'),
  },
  {
    id: 'get-with-original-method',
    title: 'GET, and a header that says which method is meant (X-Original-Method)',
    ...asGet('X-Original-Method'),
  },
  {
    id: 'get-with-method-parameter',
    title: 'GET, and a parameter that says which method is meant',
    method: 'GET',
    present: { query: { _method: '{method}' } },
  },
  {
    id: 'get-with-method-in-json',
    title: 'GET, and a member of the body that says which method is meant',
    method: 'GET',
    present: { json: { _method: '{method}' } },
  },
  {
    id: 'get-with-method-in-form',
    title: 'GET, and a form that says which method is meant',
    method: 'GET',
    present: { json: { _method: '{method}' }, asForm: true },
  },
  {
    id: 'post-with-http-method-override',
    title: 'POST on the path of a PUT, and a header that says which method is meant',
    method: 'POST',
    present: { headers: { 'X-HTTP-Method-Override': '{method}' } },
  },
  {
    id: 'post-with-method-parameter',
    title: 'POST on the path of a PUT, and a parameter that says which method is meant',
    method: 'POST',
    present: { query: { _method: '{method}' } },
  },
  {
    id: 'post-with-method-in-json',
    title: 'POST on the path of a PUT, and a member of the body that says which method is meant',
    method: 'POST',
    present: { json: { _method: '{method}' } },
  },
  {
    id: 'post-with-method-in-form',
    title: 'POST on the path of a PUT, and a form that says which method is meant',
    method: 'POST',
    present: { json: { _method: '{method}' }, asForm: true },
  },
  {
    id: 'read-with-original-url',
    title: 'the path of a read, and a header that names that of a write (X-Original-URL)',
    ...elsewhere('X-Original-URL'),
  },
  {
    id: 'read-with-rewrite-url',
    title: 'the path of a read, and a header that names that of a write (X-Rewrite-URL)',
    ...elsewhere('X-Rewrite-URL'),
  },
  {
    id: 'read-with-forwarded-uri',
    title: 'the path of a read, and a header that names that of a write (X-Forwarded-Uri)',
    ...elsewhere('X-Forwarded-Uri'),
  },
  {
    id: 'read-with-original-uri',
    title: 'the path of a read, and a header that names that of a write (X-Original-URI)',
    ...elsewhere('X-Original-URI'),
  },
];

/** What the read key may do, turned into what it may not. */
export const overrides: readonly Scenario[] = rows.map(
  ({ id, title, present, catches = [], ...request }) => ({
    id,
    title: `${title}, with the read key`,
    key: 'read',
    ...request,
    present: { ...present, headers: { Authorization: 'Bearer {key}', ...present.headers } },
    to: 'every write operation',
    expect: 'no way in',
    catches: [id, ...catches],
  }),
);
