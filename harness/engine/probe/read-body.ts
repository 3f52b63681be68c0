import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { keptBodyBytes, type WireResponse } from '../../model/index.ts';
import { ProbeError } from './failure.ts';

/** Header sections up to this size are read. */
export const mostHeaderBytes = 1024 * 1024;

/** The codings that the suite can decode (RFC 9110 section 8.4.1), and so asks for. */
export const acceptEncoding = 'gzip, deflate, br';

const decoders: Readonly<Record<string, (bytes: Buffer) => NodeJS.ReadWriteStream & Readable>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Some servers send deflate without the zlib wrapper that HTTP requires; browsers accept that as well.
  deflate: (bytes) => (isWrapped(bytes) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
};

/** RFC 1950 section 2.2. */
function isWrapped([method = 0, flags = 0]: Buffer): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}

type Body = Pick<WireResponse, 'body' | 'bodyBytes' | 'bodyCut'>;

/** The text of a body, read to its end or to the limit, and decoded as its header says. */
export async function readBody(
  stream: AsyncIterable<Buffer>,
  headers: WireResponse['headers'],
): Promise<Body> {
  return decodeBody(await readSome(stream), headers);
}

/**
 * The same for bytes that have been read. Throws an Error that `describeFailure` understands if the bytes are not what
 * the header says. A small body that decompresses without end is cut like any other.
 */
export async function decodeBody({ bytes, length }: Bytes, headers: WireResponse['headers']): Promise<Body> {
  const codings = headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0 || length === 0) return textOf({ bytes, length });
  const [coding = '', ...more] = codings;
  const decoder = more.length === 0 ? decoders[coding]?.(bytes) : undefined;
  if (decoder === undefined) throw new ProbeError('bad-coding');
  decoder.end(bytes);
  // A body that was cut on the wire has no end; that is not an error of its coding.
  const decoded = await readSome(decoder).catch(() => {
    throw new ProbeError('bad-coding');
  });
  return textOf(length > keptBodyBytes ? { ...decoded, length: Math.max(length, decoded.length) } : decoded);
}

interface Bytes {
  readonly bytes: Buffer;
  /** More than the kept bytes if the body was cut. */
  readonly length: number;
}

async function readSome(stream: AsyncIterable<Buffer>): Promise<Bytes> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > keptBodyBytes) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, keptBodyBytes), length };
}

function textOf({ bytes, length }: Bytes): Body {
  const body = bytes.toString('utf8');
  return { body, bodyBytes: length, ...(length > keptBodyBytes ? { bodyCut: true } : {}) };
}
