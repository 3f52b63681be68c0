import type { ExemptionRow } from './exemption-row.ts';

const value = (Authorization: string): Pick<ExemptionRow, 'headers'> => ({ headers: { Authorization } });

/** Credentials of other schemes: no key is in them. */
export const credentials: readonly ExemptionRow[] = [
  {
    id: 'signed-request',
    title: 'the Authorization header has a signature of the request (AWS4-HMAC-SHA256)',
    ...value('AWS4-HMAC-SHA256 Credential=x/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=00'),
  },
  {
    id: 'negotiate',
    title: 'the Authorization header begins a negotiation',
    ...value('Negotiate YII='),
  },
  {
    id: 'empty-basic',
    title: 'user name and password of Basic credentials are empty',
    ...value('Basic Og=='),
  },
];
