import { rootCertificates } from 'node:tls';

/** TLS options that trust certificates in PEM beside those that Node comes with; nothing given, nothing changed. */
export function trusting(ca: string | undefined): { readonly ca?: string[] } {
  return ca === undefined ? {} : { ca: [...rootCertificates, ca] };
}
