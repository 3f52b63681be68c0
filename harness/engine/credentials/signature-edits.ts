import { randomBytes } from 'node:crypto';
import type { SignatureEdit } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

const p256Order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Edits a signature segment. Takes and returns base64url; throws NotForgeable if the edit has no meaning for the
 * algorithm.
 */
export function editSignature(segment: string, edit: SignatureEdit, algorithm: string): string {
  if (edit === 'unused-bits') return flipUnusedBit(segment);
  const bytes = Buffer.from(segment, 'base64url');
  return editBytes(bytes, edit, algorithm).toString('base64url');
}

function editBytes(bytes: Buffer, edit: Exclude<SignatureEdit, 'unused-bits'>, algorithm: string): Buffer {
  switch (edit) {
    case 'flip-first-bit':
      return flip(bytes, 0, 0x80);
    case 'flip-middle-bit':
      return flip(bytes, bytes.length >> 1, 0x10);
    case 'flip-last-bit':
      return flip(bytes, bytes.length - 1, 0x01);
    case 'zeros':
      return Buffer.alloc(bytes.length);
    case 'ones':
      return Buffer.alloc(bytes.length, 0xff);
    case 'random':
      return randomBytes(bytes.length);
    case 'one-byte':
      return bytes.subarray(0, 1);
    case 'first-half':
      return bytes.subarray(0, bytes.length >> 1);
    case 'ten-times':
      return Buffer.concat(Array.from({ length: 10 }, () => bytes));
    case 'trailing-zero-byte':
      return Buffer.concat([bytes, Buffer.alloc(1)]);
    case 'leading-zero-byte':
      return Buffer.concat([Buffer.alloc(1), bytes]);
    case 'reversed':
      return Buffer.from(bytes).reverse();
    case 'ecdsa-zero':
      return ecdsa(algorithm, 0n, 0n);
    case 'ecdsa-order':
      return ecdsa(algorithm, p256Order, p256Order);
    case 'ecdsa-order-minus-s':
      return malleated(bytes, algorithm);
    case 'der':
      return der(bytes, algorithm);
  }
}

function flip(bytes: Buffer, index: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(index) ^ mask, index);
  return copy;
}

/** The same bytes in another spelling: the last character has bits that belong to no byte (RFC 4648 section 3.5). */
function flipUnusedBit(segment: string): string {
  if (segment.length % 4 === 0) throw new NotForgeable('its signature leaves no unused base64url bits');
  const last = alphabet.indexOf(segment.slice(-1));
  return segment.slice(0, -1) + alphabet.charAt(last ^ 1);
}

function requireP256(algorithm: string): void {
  if (algorithm !== 'ES256') throw new NotForgeable(`the keys are signed with ${algorithm}, not with ES256`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function ecdsa(algorithm: string, r: bigint, s: bigint): Buffer {
  requireP256(algorithm);
  return Buffer.concat([toBytes(r), toBytes(s)]);
}

function malleated(bytes: Buffer, algorithm: string): Buffer {
  requireP256(algorithm);
  const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  return Buffer.concat([bytes.subarray(0, 32), toBytes(p256Order - s)]);
}

function der(bytes: Buffer, algorithm: string): Buffer {
  requireP256(algorithm);
  const integers = [bytes.subarray(0, 32), bytes.subarray(32)].map((part) => {
    const trimmed = Buffer.from(part.toString('hex').replace(/^(00)+(?=.)/, ''), 'hex');
    const value = trimmed.readUInt8(0) & 0x80 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed;
    return Buffer.concat([Buffer.from([0x02, value.length]), value]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
