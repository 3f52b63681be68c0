import type { ApiRequest } from '../model.ts';

/** True if a request says that its key is for the next hop alone. */
export const isForNextHop = ({ headers }: ApiRequest): boolean =>
  /\bauthorization\b/i.test(headers.connection ?? '');
