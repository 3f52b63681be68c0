import type { Call } from '../model.ts';
import { isForNextHop } from './for-next-hop.ts';

/** What every client sends beside a credential. */
const usual =
  /^(host|connection|user-agent|accept|accept-encoding|content-type|content-length|x-request-id|sec-fetch-mode|authorization)$/;

/** True if the request looks like one of a usual client. */
export const isUsual = ({ request, operation }: Call): boolean =>
  operation !== undefined &&
  request.sentMethod === operation.method &&
  request.version === '1.1' &&
  !isForNextHop(request) &&
  [...request.query.keys()].every((name) => ['page', 'limit', 'offset', 'cursor'].includes(name)) &&
  Object.keys(request.headers).every((name) => usual.test(name));
