import type { SignatureEdit } from '../../../harness/model/index.ts';

/** The order of the curve P-256 in hexadecimal (SEC 2, section 2.4.2). */
export const p256Order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

/** Edits that make sense only for ES256. */
export const ecdsaEdits: readonly SignatureEdit[] = [
  'ecdsa-order-minus-s',
  'ecdsa-zero',
  'ecdsa-order',
  'der',
];

function flipped(bytes: Buffer, index: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = copy[index]! ^ bit;
  return copy;
}

function derInteger(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = [...bytes.subarray(start)];
  if (digits[0]! > 0x7f) digits.unshift(0);
  return Buffer.from([2, digits.length, ...digits]);
}

/** The bytes of a signature after an edit, computed in another way than in the suite. */
export function editedBytes(edit: Exclude<SignatureEdit, 'random'>, bytes: Buffer): Buffer {
  const [r, s] = [bytes.subarray(0, 32), bytes.subarray(32)];
  const order = BigInt(`0x${p256Order}`);
  switch (edit) {
    case 'unused-bits':
      return bytes;
    case 'flip-first-bit':
      return flipped(bytes, 0, 128);
    case 'flip-middle-bit':
      return flipped(bytes, Math.floor(bytes.length / 2), 16);
    case 'flip-last-bit':
      return flipped(bytes, bytes.length - 1, 1);
    case 'zeros':
      return Buffer.from(bytes.map(() => 0));
    case 'ones':
      return Buffer.from(bytes.map(() => 255));
    case 'one-byte':
      return Buffer.from([bytes[0]!]);
    case 'first-half':
      return bytes.subarray(0, bytes.length / 2);
    case 'ten-times':
      return Buffer.from(bytes.toString('hex').repeat(10), 'hex');
    case 'trailing-zero-byte':
      return Buffer.from(`${bytes.toString('hex')}00`, 'hex');
    case 'leading-zero-byte':
      return Buffer.from(`00${bytes.toString('hex')}`, 'hex');
    case 'reversed':
      return Buffer.from([...bytes].reverse());
    case 'ecdsa-zero':
      return Buffer.alloc(64);
    case 'ecdsa-order':
      return Buffer.from(p256Order.repeat(2), 'hex');
    case 'ecdsa-order-minus-s': {
      const other = order - BigInt(`0x${s.toString('hex')}`);
      return Buffer.from(r.toString('hex') + other.toString(16).padStart(64, '0'), 'hex');
    }
    case 'der': {
      const body = Buffer.concat([derInteger(r), derInteger(s)]);
      return Buffer.concat([Buffer.from([0x30, body.length]), body]);
    }
  }
}
