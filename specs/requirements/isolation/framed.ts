import type { Presentation, Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';
import { unscoped } from './moved.ts';

const headers = { Authorization: 'Bearer {key}' };

/** A way of a body to the handler that is not the usual one. */
interface Way {
  readonly id: string;
  readonly how: string;
  readonly present: Presentation;
  readonly fault: string;
}

const ways: readonly Way[] = [
  { id: 'chunked', how: 'in chunks', present: { coding: 'chunked' }, fault: 'chunked-body-unscoped' },
  ...(['gzip', 'deflate', 'br'] as const).map((coding) => ({
    id: coding,
    how: `compressed (${coding})`,
    present: { coding },
    fault: 'compressed-body-unscoped',
  })),
  {
    id: 'text',
    how: 'announced as text/plain',
    present: { headers: { ...headers, 'Content-Type': 'text/plain' } },
    fault: 'text-body-unscoped',
  },
  { id: 'form', how: 'as a form', present: { asForm: true }, fault: 'form-body-unscoped' },
  {
    id: 'long',
    how: 'with twenty thousand more characters',
    present: { members: { conformance: 'long '.repeat(4000) } },
    fault: 'long-body-unscoped',
  },
];

/** Writes by id on what belongs to another project, with bodies that take another way through a server than most. */
export const framed: readonly Scenario[] = each(
  {
    key: 'other-project-write',
    request: 'by-id',
    // An item is used up by who comes first.
    to: 'every write operation that needs something but an item',
    // A server need not know each form: it may answer 411, 413, 415 or 501.
    expect: 'not let in',
  },
  ways.map(({ id, how, present, fault }) => ({
    id: `body-${id}`,
    title: `a write key of another project writes by id, with the body ${how}`,
    present: { headers, ...present },
    // A server that knows no forms finds no id in one.
    catches: id === 'form' ? [fault] : [fault, ...unscoped],
  })),
);
