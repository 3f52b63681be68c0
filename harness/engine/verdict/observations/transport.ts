import type { Exchange } from '../../../model/index.ts';
import { headerOf } from '../judgement.ts';
import type { ObservedFinding } from './observed.ts';

/** A redirect from https to http: a client that follows it shows the key to everybody on the way. */
export function observeTransport(exchange: Exchange): ObservedFinding[] {
  const location = headerOf(exchange, 'location')?.trim() ?? '';
  if (!/^https:/i.test(exchange.request.url) || !/^http:/i.test(location)) return [];
  const message = `the answer ${exchange.response?.status} over HTTPS redirects to plain HTTP`;
  return [{ observation: 'no way to plain HTTP', kind: 'redirect', message }];
}
