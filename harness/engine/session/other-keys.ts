import type { Exchange, WireRequest } from '../../model/index.ts';
import type { Session } from './session.ts';

/** A shorter signature may be in an answer by accident. */
const shortest = 16;

/** Marks an exchange if its answer shows a key of the run that was not in the request. */
export function markOtherKeys({ redactor, state }: Session, exchange: Exchange): Exchange {
  const { response, request } = exchange;
  if (response === undefined || response.body.length + response.headers.length === 0) return exchange;
  const text = [...response.headers.map(([, value]) => value), response.body].join('\n');
  const keys = [...Object.values(state.target.keys).map(({ value }) => value), ...redactor.made];
  const shown = keys
    .map((key) => key.split('.').at(-1) ?? '')
    .filter((signature) => signature.length >= shortest && text.includes(signature));
  if (shown.length === 0) return exchange;
  const said = spoken(request);
  return shown.every((signature) => said.includes(signature)) ? exchange : { ...exchange, otherKey: true };
}

function spoken({ url, headers, body, lines, trailer }: WireRequest): string {
  return [url, ...headers.map(([, value]) => value), body ?? '', ...(lines ?? []), trailer ?? ''].join('\n');
}
