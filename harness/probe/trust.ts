import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/**
 * TLS options that trust the certificates of a file (PEM) beside those that Node comes with. Node itself reads the
 * file that its environment names when the process starts, so that one changes nothing.
 */
export function trusting(caFile: string | undefined): { readonly secureContext?: SecureContext } {
  if (caFile === undefined || caFile === process.env.NODE_EXTRA_CA_CERTS) return {};
  const known = contexts.get(caFile);
  const context = known ?? createSecureContext({ ca: [...rootCertificates, readFileSync(caFile, 'utf8')] });
  contexts.set(caFile, context);
  return { secureContext: context };
}

const contexts = new Map<string, SecureContext>();
