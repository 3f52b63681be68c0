import { Readable } from 'node:stream';

const headBytes = 9;
const blockHeadBytes = 3;

/** The content of a Zstandard frame with stored blocks only (RFC 8878 section 3.1.1): what needs no decompressor. */
export function storedIn(source: Readable): Readable {
  return Readable.from(blocksOf(source));
}

async function* blocksOf(source: Readable): AsyncGenerator<Buffer> {
  const frame = Buffer.concat((await source.toArray()) as Buffer[]);
  let at = headBytes;
  for (;;) {
    const head = frame.readUIntLE(at, blockHeadBytes);
    const [isLast, type, size] = [head & 1, (head >> 1) & 3, head >> 3];
    if (type !== 0) throw new Error('a block is compressed');
    at += blockHeadBytes;
    yield frame.subarray(at, at + size);
    at += size;
    if (isLast === 1) return;
  }
}
