import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/**
 * TLS options that trust the certificates of a file (PEM) in addition to those of Node. Node itself reads the file in
 * its environment when the process starts, so for that file this changes nothing.
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
