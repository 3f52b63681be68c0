import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Tags of DER (X.690). */
const [integer, bits, octets, identifier, text, time, sequence, set] = [2, 3, 4, 6, 12, 24, 0x30, 0x31];
const ecdsaWithSha256 = der(sequence, der(identifier, Buffer.from('2a8648ce3d040302', 'hex')));
const commonName = der(identifier, Buffer.from('550403', 'hex'));
const basicConstraints = der(identifier, Buffer.from('551d13', 'hex'));

/**
 * A certificate for a public key, and the self-signed certificate of the authority that signed it (RFC 5280). Both are
 * valid, but nobody knows the authority. `publicKey` is a SubjectPublicKeyInfo.
 */
export function certify(publicKey: Buffer): readonly Buffer[] {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = (subject: string, key: Buffer, isAuthority: boolean): Buffer => {
    const constraints = der(sequence, ...(isAuthority ? [Buffer.from('0101ff', 'hex')] : []));
    const extension = der(sequence, basicConstraints, Buffer.from('0101ff', 'hex'), der(octets, constraints));
    const content = der(
      sequence,
      der(0xa0, der(integer, Buffer.of(2))),
      der(integer, Buffer.concat([Buffer.of(1), randomBytes(8)])),
      ecdsaWithSha256,
      nameOf('conformance authority'),
      der(sequence, timeOf('2020'), timeOf('2120')),
      nameOf(subject),
      key,
      der(0xa3, der(sequence, extension)),
    );
    const signature = sign('sha256', content, root.privateKey);
    return der(sequence, content, ecdsaWithSha256, der(bits, Buffer.of(0), signature));
  };
  const rootKey = root.publicKey.export({ type: 'spki', format: 'der' });
  return [certificate('conformance', publicKey, false), certificate('conformance authority', rootKey, true)];
}

function nameOf(subject: string): Buffer {
  return der(sequence, der(set, der(sequence, commonName, der(text, Buffer.from(subject)))));
}

function timeOf(year: string): Buffer {
  return der(time, Buffer.from(`${year}0101000000Z`));
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80
      ? Buffer.of(length)
      : length < 0x100
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.of(tag), size, content]);
}
