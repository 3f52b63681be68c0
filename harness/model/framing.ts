import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { BodyCoding } from './credential.ts';
import type { WireRequest } from './exchange.ts';

/** Methods that expect content: a request without content says so (RFC 9110 section 8.6). */
const withContent = ['POST', 'PUT', 'PATCH'];

const codings: Readonly<Record<BodyCoding, (body: Buffer) => Buffer>> = {
  chunked: (body) => body,
  identity: (body) => body,
  gzip: (body) => gzipSync(body),
  'x-gzip': (body) => gzipSync(body),
  deflate: (body) => deflateSync(body),
  br: (body) => brotliCompressSync(body),
  zstd: storedByZstd,
};

/** The most bytes of a Zstandard block (RFC 8878 section 3.1.1.2.3). */
const blockBytes = 131_072;

/** A Zstandard frame with the body in stored blocks: Node 20 cannot compress by Zstandard. */
function storedByZstd(body: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(0xfd2f_b528);
  // One segment, and its length in four bytes.
  head.writeUInt8(0xa0, 4);
  head.writeUInt32LE(body.length, 5);
  const parts: Buffer[] = [head];
  for (let at = 0; at === 0 || at < body.length; at += blockBytes) {
    const block = body.subarray(at, at + blockBytes);
    const isLast = at + blockBytes >= body.length;
    const blockHead = Buffer.alloc(3);
    blockHead.writeUIntLE(block.length * 8 + (isLast ? 1 : 0), 0, 3);
    parts.push(blockHead, block);
  }
  return Buffer.concat(parts);
}

/** The content of a request as it is sent, compressed if required, without the framing of chunks. */
export function contentOf({ body, coding }: WireRequest): Buffer | undefined {
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body);
  return coding === undefined ? bytes : codings[coding](bytes);
}

/** True if the body is sent in chunks. */
export function isChunked({ trailer, coding }: WireRequest): boolean {
  return trailer !== undefined || coding === 'chunked';
}

/**
 * The fields that tell a server where the body ends (RFC 9112 section 6). Without them a server reads the body of an
 * OPTIONS or a GET as the next request of the connection.
 */
export function framingOf(wire: WireRequest): readonly (readonly [string, string])[] {
  if (isChunked(wire)) return [['Transfer-Encoding', 'chunked']];
  const content = contentOf(wire);
  if (content === undefined && !withContent.includes(wire.method)) return [];
  return [['Content-Length', String(content?.length ?? 0)]];
}

/**
 * The fields of a request. Of fields with the same name in any case the last one counts. Framing fields cannot be
 * overridden.
 */
export function fieldsOf(
  wire: WireRequest,
  defaults: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const fields = new Map<string, readonly [string, string]>();
  for (const field of [...defaults, ...wire.headers]) fields.set(field[0].toLowerCase(), field);
  for (const name of ['content-length', 'transfer-encoding']) fields.delete(name);
  return [...fields.values(), ...framingOf(wire)];
}
