import type { ExchangeRecord, ScenarioResult } from '../model/index.ts';

/**
 * Returns results with equal parts stored once in memory. Thousands of exchanges have the same headers, bodies and
 * addresses, each in its own copy. The results equal those that were given.
 */
export function createInterning(): (result: ScenarioResult) => ScenarioResult {
  const known = new Map<string, unknown>();

  const text = (one: string): string => {
    const first = known.get(one);
    if (typeof first === 'string') return first;
    known.set(one, one);
    return one;
  };

  const value = <T extends object>(one: T): T => {
    const key = JSON.stringify(one);
    const first = known.get(key);
    if (typeof first === 'object') return first as T;
    known.set(key, one);
    return one;
  };

  const exchange = (one: ExchangeRecord): ExchangeRecord => {
    const { request, response } = one;
    return {
      ...one,
      ...(one.operation === undefined ? {} : { operation: text(one.operation) }),
      variant: text(one.variant),
      credential: value(one.credential),
      request: {
        ...request,
        url: text(request.url),
        headers: value(request.headers),
        ...(request.body === undefined ? {} : { body: text(request.body) }),
      },
      ...(response === undefined
        ? {}
        : { response: { ...response, headers: value(response.headers), body: text(response.body) } }),
    };
  };

  return (result) => ({
    ...result,
    cells: result.cells.map((cell) => ({
      ...cell,
      operation: text(cell.operation),
      findings: value(cell.findings),
    })),
    exchanges: result.exchanges.map(exchange),
  });
}
