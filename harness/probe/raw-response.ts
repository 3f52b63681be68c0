import type { WireResponse } from '../model.ts';

const headEnd = Buffer.from('\r\n\r\n');

/** What has been read of a response so far: the response once it is complete, and the bytes behind it. */
export interface Parsed {
  readonly response: WireResponse;
  /** The body as it came, before any decoding. */
  readonly body: Buffer;
  readonly rest: Buffer;
}

/**
 * Reads one HTTP/1.1 response from the start of a buffer (RFC 9112). Undefined: more bytes are needed. `closed`:
 * no more will come, which ends a body without a length. Throws where the bytes are no HTTP response.
 */
export function parseResponse(buffer: Buffer, method: string, closed: boolean): Parsed | undefined {
  const end = buffer.indexOf(headEnd);
  if (end < 0) {
    if (buffer.length > 12 && !buffer.subarray(0, 5).equals(Buffer.from('HTTP/'))) throw notHttp();
    if (closed && buffer.length > 0) throw notHttp();
    return undefined;
  }
  const [statusLine = '', ...lines] = buffer.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1]);
  if (!Number.isInteger(status)) throw notHttp();
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    if (colon < 1) throw notHttp();
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = buffer.subarray(end + headEnd.length);
  if (status >= 100 && status < 200) return parseResponse(body, method, closed);
  const read = readBody(body, status, method, headers, closed);
  if (read === undefined) return undefined;
  const text = read.bytes.toString('utf8');
  const response = { status, headers, body: text, bodyBytes: read.bytes.length };
  return { response, body: read.bytes, rest: read.rest };
}

function readBody(
  body: Buffer,
  status: number,
  method: string,
  headers: readonly (readonly [string, string])[],
  closed: boolean,
): { readonly bytes: Buffer; readonly rest: Buffer } | undefined {
  const value = (name: string): string | undefined =>
    headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
  if (method === 'HEAD' || status === 204 || status === 304) return { bytes: Buffer.alloc(0), rest: body };
  if (/chunked\s*$/i.test(value('transfer-encoding') ?? '')) return readChunks(body);
  const length = value('content-length');
  if (length !== undefined) {
    const wanted = Number(length);
    if (!Number.isSafeInteger(wanted) || wanted < 0) throw notHttp();
    if (body.length >= wanted) return { bytes: body.subarray(0, wanted), rest: body.subarray(wanted) };
    return undefined;
  }
  return closed ? { bytes: body, rest: Buffer.alloc(0) } : undefined;
}

function readChunks(body: Buffer): { readonly bytes: Buffer; readonly rest: Buffer } | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = body.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(body.subarray(at, line).toString('latin1'), 16);
    if (!Number.isSafeInteger(size) || size < 0) throw notHttp();
    const start = line + 2;
    if (size === 0) {
      const end = body.indexOf('\r\n', start);
      if (end < 0) return undefined;
      return { bytes: Buffer.concat(chunks), rest: body.subarray(end + 2) };
    }
    if (body.length < start + size + 2) return undefined;
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}

function notHttp(): Error {
  return new Error('Parse Error: the answer is not valid HTTP');
}
