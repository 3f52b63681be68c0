import { BadMessage, type Message, valuesOf } from './message.ts';

/** The head of a request, and its length in bytes. */
interface Head extends Omit<Message, 'body'> {
  readonly size: number;
}

const headLimit = 98_304;
const bodyLimit = 1_048_576;
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e]+) HTTP\/1\.([01])$/;
const fieldLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/;
const incomplete = Symbol('incomplete');

/** Reads requests from the bytes of one connection, by the grammar of RFC 9112. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  #hasLeave = false;

  push(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** True if a head arrived that waits for permission to send its body; true only once for each head. */
  asksForLeave(): boolean {
    if (this.#head === undefined || this.#hasLeave) return false;
    this.#hasLeave = true;
    return valuesOf(this.#head, 'expect').some((value) => value.toLowerCase() === '100-continue');
  }

  /** The next complete request. Throws BadMessage. */
  next(): Message | undefined {
    while (this.#head === undefined && this.#bytes[0] === 13 && this.#bytes[1] === 10)
      this.#bytes = this.#bytes.subarray(2);
    this.#head ??= readHead(this.#bytes);
    if (this.#head === undefined) return undefined;
    const { size, ...head } = this.#head;
    const read = readBody(head, this.#bytes.subarray(size));
    if (read === incomplete) return undefined;
    this.#bytes = this.#bytes.subarray(size + read.size);
    this.#head = undefined;
    this.#hasLeave = false;
    return { ...head, body: read.body };
  }
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const known = bytes.subarray(0, end < 0 ? undefined : end).toString('latin1');
  if (known.length > headLimit) throw new BadMessage(431, 'the header section is too large');
  // A client that ends lines differently would wait without end for an answer.
  if (/(^|[^\r])\n/.test(known)) throw new BadMessage(400, 'a line ends without CR');
  if (end < 0) return undefined;
  const [first = '', ...lines] = known.split('\r\n');
  const [, method, target, minor] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined)
    throw new BadMessage(400, 'the request line is malformed');
  const fields = lines.map(readField);
  const version = minor === '0' ? '1.0' : '1.1';
  if (version === '1.1' && valuesOf({ fields }, 'host').length !== 1)
    throw new BadMessage(400, 'there is not exactly one Host');
  return { method, target, version, fields, size: end + 4 };
}

function readField(line: string): [string, string] {
  const [, name, value = ''] = fieldLine.exec(line) ?? [];
  if (name === undefined) throw new BadMessage(400, 'a field line is malformed');
  return [name.toLowerCase(), trimmed(value)];
}

/** A value without spaces and tabs around it. A no-break space stays. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && ' \t'.includes(value.charAt(start))) start += 1;
  while (end > start && ' \t'.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

type Body = { readonly body: Buffer; readonly size: number };

function readBody(head: Omit<Message, 'body'>, bytes: Buffer): Body | typeof incomplete {
  const codings = valuesOf(head, 'transfer-encoding').join(',');
  const lengths = new Set(valuesOf(head, 'content-length'));
  if (codings !== '') {
    if (lengths.size > 0) throw new BadMessage(400, 'two ways to frame the body');
    if (codings.toLowerCase() !== 'chunked') throw new BadMessage(501, 'the transfer coding is unknown');
    return readChunks(bytes);
  }
  if (lengths.size === 0) return { body: Buffer.alloc(0), size: 0 };
  const [length = ''] = lengths;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length))
    throw new BadMessage(400, 'Content-Length is malformed');
  const size = checked(Number(length));
  return bytes.length < size ? incomplete : { body: bytes.subarray(0, size), size };
}

function readChunks(bytes: Buffer): Body | typeof incomplete {
  const parts: Buffer[] = [];
  let at = 0;
  let total = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return incomplete;
    const [, hex] = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(bytes.toString('latin1', at, end)) ?? [];
    if (hex === undefined) throw new BadMessage(400, 'the size of a chunk is malformed');
    const size = Number.parseInt(hex, 16);
    at = end + 2;
    if (size === 0) break;
    total = checked(total + size);
    if (bytes.length < at + size + 2) return incomplete;
    if (bytes.toString('latin1', at + size, at + size + 2) !== '\r\n')
      throw new BadMessage(400, 'a chunk is longer than it says');
    parts.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return incomplete;
    const line = bytes.toString('latin1', at, end);
    at = end + 2;
    if (line === '') return { body: Buffer.concat(parts), size: at };
    // A trailer must be well-formed; its content is ignored.
    readField(line);
  }
}

function checked(size: number): number {
  if (size > bodyLimit) throw new BadMessage(413, 'the body is too large');
  return size;
}
