import { bundledDocument, operationsOf } from '../../../harness/engine/configuration/operations.ts';
import type { Exchange, Operation, WireResponse } from '../../../harness/model/index.ts';

/** The operations of the bundled document by id. */
export const operationsById = new Map<string, Operation>(
  operationsOf(bundledDocument).map((operation) => [operation.id, operation]),
);

export type ResponseFields = Partial<Omit<WireResponse, 'headers'>> & {
  readonly headers?: readonly (readonly [string, string])[];
};

/** An exchange made by hand: GET /v1/version with the given answer. */
export function exchange(
  response: ResponseFields | undefined,
  more: Partial<Omit<Exchange, 'response'>> = {},
): Exchange {
  const body = response?.body ?? '';
  return {
    id: 'x-1',
    operation: 'GET /v1/version',
    variant: 'valid',
    credential: { description: 'write key', variable: 'MUFI_WRITE_KEY' },
    presented: [],
    request: { method: 'GET', url: 'http://host/v1/version', headers: [] },
    ...(response === undefined
      ? {}
      : { response: { status: 200, headers: [], bodyBytes: body.length, ...response, body } }),
    startedMs: 0,
    endedMs: 1,
    ...more,
  };
}

/** An answer with a JSON body. */
export function jsonResponse(status: number, value: unknown): ResponseFields {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) };
}
