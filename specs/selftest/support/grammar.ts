/**
 * The grammar of a request (RFC 9112), implemented a second time and strictly, independent of Node's parser and of the
 * suite.
 */

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLine = new RegExp(`^(${token}) (\\S+) HTTP/1\\.1$`);
const fieldLine = new RegExp(
  `^(${token}):[ \\t]*((?:[!-~\\x80-\\xff](?:[ \\t!-~\\x80-\\xff]*[!-~\\x80-\\xff])?)?)[ \\t]*$`,
);
const originForm =
  /^\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$/;
const authority = /^(?:[A-Za-z0-9\-._~]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const chunkLine = new RegExp(`^([0-9A-Fa-f]{1,8})(?:[ \\t]*;[ \\t]*${token}(?:=(?:${token}|"[^"]*"))?)*$`);

export interface WellFormed {
  readonly method: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Where the next message begins. */
  readonly end: number;
}

/** What is wrong with a message, with the readable part of its head. */
export interface IllFormed {
  readonly wrong: string;
  readonly head: string;
}

/** The message at the start of the bytes; undefined while it is incomplete. */
export function readRequest(bytes: Buffer): WellFormed | IllFormed | undefined {
  const text = bytes.toString('latin1');
  const headEnd = text.indexOf('\r\n\r\n');
  const head = headEnd < 0 ? text : text.slice(0, headEnd);
  const ill = (wrong: string): IllFormed => ({ wrong, head });
  const [first = '', ...lines] = head.split('\r\n');
  if (headEnd < 0 && !text.includes('\r\n')) {
    return /^[!-~]*( [!-~]*( [HTP/1.]*\r?)?)?$/.test(first) ? undefined : ill('no request line');
  }
  const [, method = '', target = ''] = requestLine.exec(first) ?? [];
  if (method === '') return ill('no request line');
  if (!originForm.test(target)) return ill('a target that is not a path and a query');
  if (headEnd < 0) return undefined;
  const fields: [string, string][] = [];
  for (const line of lines) {
    const [, name, value = ''] = fieldLine.exec(line) ?? [];
    if (name === undefined) return ill(`a field line that is none: ${JSON.stringify(line.slice(0, 40))}`);
    fields.push([name.toLowerCase(), value]);
  }
  const all = (wanted: string): string[] =>
    fields.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const [host, ...hosts] = all('host');
  if (host === undefined || hosts.length > 0 || !authority.test(host)) return ill('not exactly one Host');
  const [length, ...lengths] = all('content-length');
  const [coding, ...codings] = all('transfer-encoding');
  if (lengths.length + codings.length > 0 || (length !== undefined && coding !== undefined)) {
    return ill('framed more than once');
  }
  const start = headEnd + 4;
  if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked') return ill('a transfer coding other than chunked');
    const read = readChunks(bytes, start);
    if (read === undefined) return undefined;
    return typeof read === 'string' ? ill(read) : { method, fields, ...read };
  }
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return ill('a length that is not a number');
  const end = start + Number(length ?? 0);
  return bytes.length < end ? undefined : { method, fields, body: bytes.subarray(start, end), end };
}

function readChunks(bytes: Buffer, from: number): { body: Buffer; end: number } | string | undefined {
  const parts: Buffer[] = [];
  let at = from;
  const line = (): string | undefined => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const text = bytes.subarray(at, end).toString('latin1');
    at = end + 2;
    return text;
  };
  for (;;) {
    const sizeLine = line();
    if (sizeLine === undefined) return undefined;
    const [, digits] = chunkLine.exec(sizeLine) ?? [];
    if (digits === undefined) return 'a chunk without its size';
    const size = Number.parseInt(digits, 16);
    if (size === 0) break;
    if (bytes.length < at + size + 2) return undefined;
    parts.push(bytes.subarray(at, at + size));
    at += size;
    if (line() !== '') return 'a chunk longer than its size';
  }
  for (;;) {
    const field = line();
    if (field === undefined) return undefined;
    if (field === '') return { body: Buffer.concat(parts), end: at };
    if (!fieldLine.test(field)) return 'a trailer field that is none';
  }
}
