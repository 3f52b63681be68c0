import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension, PublicKeyType } from '@peculiar/x509';

/** A certificate and its private key, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Whom a certificate is for, and its begin and end in days from now. */
export interface CertificateOrder {
  /** A host name or an IPv4 address. */
  readonly host: string;
  readonly days: readonly [from: number, to: number];
  /** Kind of its key: P-256 (the default), RSA with 2048 bits, or RSA too short to accept. */
  readonly kind?: 'ec' | 'rsa' | 'short-rsa';
}

/** An authority in this process. A client must trust its certificate. */
export interface Authority extends Certificate {
  issue(order: CertificateOrder): Promise<Certificate>;
}

const day = 86_400_000;
const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Creates an authority for loopback servers: P-256, X.509 version 3 (RFC 5280 section 4.1), nothing more. */
export async function makeAuthority(): Promise<Authority> {
  // Loaded here, because few runs use TLS. The second import needs the first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const own = await crypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const name = 'CN=mufi-auth-conformance loopback authority';
  const certificate = async (
    subject: string,
    publicKey: PublicKeyType,
    [from, to]: CertificateOrder['days'],
    extension: Extension,
  ): Promise<string> => {
    const made = await x509.X509CertificateGenerator.create({
      issuer: name,
      subject,
      publicKey,
      notBefore: new Date(Date.now() + from * day),
      notAfter: new Date(Date.now() + to * day),
      extensions: [extension],
      signingKey: own.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    });
    return `${made.toString('pem')}\n`;
  };
  return {
    cert: await certificate(name, own.publicKey, [-1, 2], new x509.BasicConstraintsExtension(true)),
    key: pemOf(KeyObject.from(own.privateKey)),
    async issue({ host, days, kind = 'ec' }) {
      const { publicKey, privateKey } =
        kind === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 768 });
      const names = new x509.SubjectAlternativeNameExtension([
        { type: isIP(host) ? 'ip' : 'dns', value: host },
      ]);
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      return { cert: await certificate(`CN=${host}`, spki, days, names), key: pemOf(privateKey) };
    },
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
