import type { Presentation } from '../../harness/model/index.ts';

/**
 * The key is in a header that is for the next hop alone (RFC 9110 section 7.6.1): a gateway may verify it and then
 * remove it. Sent through a raw socket, as HTTP clients have a Connection of their own.
 */
export const claimedByConnection: Presentation = {
  headers: { Authorization: 'Bearer {key}', Connection: 'close, Authorization' },
  lines: [],
};
