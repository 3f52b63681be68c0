import type { ApiRequest } from '../model.ts';
import { acting } from './beside.ts';
import type { Fault } from './fault.ts';
import { fieldsOf, isForm } from './form-body.ts';
import { jsonBodyOf } from './json-body.ts';

const unscoped = 'The project is checked, whatever way the body takes.';

/** Faults that look things up in all projects if the body comes in an unusual way. */
export const framedBodies: readonly Fault[] = [
  ignoring('chunked-body-unscoped', ({ headers }) => headers['transfer-encoding'] === 'chunked'),
  ignoring('compressed-body-unscoped', ({ headers }) => headers['content-encoding'] !== undefined),
  ignoring('text-body-unscoped', ({ headers }) => headers['content-type'] === 'text/plain'),
  ignoring('long-body-unscoped', ({ headers }) => Number(headers['content-length']) > 16_384),
  acting('form-body-unscoped', unscoped, async (request) =>
    isForm(request) ? fieldsOf(request) : undefined,
  ),
];

function ignoring(id: string, when: (request: ApiRequest) => boolean): Fault {
  return acting(id, unscoped, async (request) => (when(request) ? jsonBodyOf(request) : undefined));
}
