import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/**
 * TLS options that trust the certificates of a file (PEM) beside those that Node comes with. Node itself reads the
 * file that its environment names when the process starts, so that one changes nothing.
 */
export function trusting(caFile: string | undefined): { readonly secureContext?: SecureContext } {
  if (caFile === undefined) return {};
  const trusted = authorities(caFile);
  if (trusted.ca === undefined) return {};
  const context = contexts.get(caFile) ?? createSecureContext(trusted);
  contexts.set(caFile, context);
  return { secureContext: context };
}

/** The same as a list (PEM), for connections that need a context of their own. */
export function authorities(caFile: string | undefined): { readonly ca?: string[] } {
  if (caFile === undefined || caFile === process.env.NODE_EXTRA_CA_CERTS) return {};
  return { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] };
}

const contexts = new Map<string, SecureContext>();
