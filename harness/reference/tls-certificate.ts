import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its private key, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Who a certificate is for and how long, beginning and end as differences from now in days. */
export interface CertificateOrder {
  /** A host name or an IPv4 address. */
  readonly host: string;
  readonly days: readonly [from: number, to: number];
  /** Kind of its key: P-256 (the default), or RSA of 2048 bits, or of so few that nobody should take it. */
  readonly kind?: 'ec' | 'rsa' | 'short-rsa';
}

/** An authority that lives in this process. Its own certificate is what a client has to trust. */
export interface Authority extends Certificate {
  issue(order: CertificateOrder): Certificate;
}

const day = 86_400_000;
const oids = {
  commonName: [0x55, 0x04, 0x03],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const;

/** Makes an authority for loopback servers: P-256, X.509 version 3 (RFC 5280 section 4.1), nothing more. */
export function makeAuthority(): Authority {
  const name = 'mufi-auth-conformance loopback authority';
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const build = (subject: string, key: KeyObject, days: CertificateOrder['days'], extension: Buffer) =>
    certificate({ issuer: name, subject, key, days, extension, signWith: own.privateKey });
  const isAuthority = tlv(0x30, tlv(0x01, Buffer.from([0xff])));
  return {
    cert: build(name, own.publicKey, [-1, 2], extensionOf(oids.basicConstraints, isAuthority)),
    key: pemOf(own.privateKey),
    issue: ({ host, days, kind = 'ec' }) => {
      const { publicKey, privateKey } =
        kind === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 768 });
      const address = /^\d+(\.\d+){3}$/.test(host);
      const value = address ? Buffer.from(host.split('.').map(Number)) : Buffer.from(host);
      const names = tlv(0x30, tlv(address ? 0x87 : 0x82, value));
      return {
        cert: build(host, publicKey, days, extensionOf(oids.subjectAltName, names)),
        key: pemOf(privateKey),
      };
    },
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function certificate(parts: {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
  readonly days: CertificateOrder['days'];
  readonly extension: Buffer;
  readonly signWith: KeyObject;
}): string {
  const algorithm = tlv(0x30, tlv(0x06, Buffer.from(oids.ecdsaWithSha256)));
  const serial = randomBytes(8);
  serial[0] = 0x40;
  const times = parts.days.map((days) => time(new Date(Date.now() + days * day)));
  const signed = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    algorithm,
    nameOf(parts.issuer),
    tlv(0x30, ...times),
    nameOf(parts.subject),
    parts.key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(0x30, parts.extension)),
  );
  const signature = sign('sha256', signed, parts.signWith);
  const der = tlv(0x30, signed, algorithm, tlv(0x03, Buffer.from([0]), signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Tag, length and value (ITU-T X.690, DER). */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const long = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...long]), value]);
}

function nameOf(text: string): Buffer {
  const attribute = tlv(0x30, tlv(0x06, Buffer.from(oids.commonName)), tlv(0x0c, Buffer.from(text)));
  return tlv(0x30, tlv(0x31, attribute));
}

function extensionOf(oid: readonly number[], value: Buffer): Buffer {
  return tlv(0x30, tlv(0x06, Buffer.from(oid)), tlv(0x04, value));
}

/** UTCTime, in seconds. */
function time(date: Date): Buffer {
  return tlv(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}
