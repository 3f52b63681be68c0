import type { WireRequest } from '../model.ts';

/** Marks from the private use area, which no request holds. */
const open = '\ue000';
const close = '\ue001';

/** Marks a shell expression inside a text, so that `shellCommand` leaves it to the shell. */
export function shellExpression(expression: string): string {
  return `${open}${expression}${close}`;
}

/** The curl command that sends a request again; its texts may hold marked shell expressions. */
export function shellCommand(request: WireRequest): string {
  if (request.lines !== undefined) return rawCommand(request, request.lines);
  const method = request.method === 'HEAD' ? '--head' : `-X ${request.method}`;
  const headers = request.headers.map(([name, value]) =>
    value === '' ? `-H ${quote(`${name};`)}` : `-H ${quote(`${name}: ${value}`)}`,
  );
  const body = request.body === undefined ? [] : [`--data-raw ${quote(request.body)}`];
  const typed = request.headers.some(([name]) => name.toLowerCase() === 'content-type');
  // A header without a value takes away the type that curl would announce by itself.
  if (request.body !== undefined && !typed) headers.push("-H 'Content-Type:'");
  return ['curl -sS -i --path-as-is --globoff', method, quote(request.url), ...headers, ...body].join(' ');
}

/** What curl refuses to send goes through a socket of OpenSSL or netcat. */
function rawCommand(request: WireRequest, lines: readonly string[]): string {
  const url = new URL(request.url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const connect =
    url.protocol === 'https:'
      ? `openssl s_client -quiet -connect ${url.hostname}:${port}`
      : `nc ${url.hostname} ${port}`;
  const chunked = request.trailer !== undefined;
  const body = printable(request.body ?? '', /[\0-\x1f\x7f]/g);
  const size = Buffer.byteLength(request.body ?? '');
  const framing = chunked ? ['Transfer-Encoding: chunked'] : size > 0 ? [`Content-Length: ${size}`] : [];
  const head = [
    `${request.method} ${request.url.replace(/^https?:\/\/[^/?#]*/i, '') || '/'} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: close',
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...framing,
    ...lines,
  ].map((line) => printable(line));
  const tail = chunked
    ? [...(size > 0 ? [size.toString(16), body] : []), '0', printable(request.trailer ?? ''), '', '']
    : [body];
  return `printf '%b' ${quote([...head, '', ...tail].join('\\r\\n'))} | ${connect}`;
}

/** As `printf '%b'` wants it: backslashes doubled, other bytes than printable ones in octal. */
function printable(text: string, others = /[\0-\x1f\x7f-\xff]/g): string {
  const octal = (character: string): string => `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return piecesOf(text)
    .map((piece) =>
      piece.startsWith(open) ? piece : piece.replaceAll('\\', '\\\\').replaceAll(others, octal),
    )
    .join('');
}

function piecesOf(text: string): string[] {
  return text.split(new RegExp(`(${open}[^${close}]*${close})`));
}

function quote(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const quoted = piecesOf(text).map((piece) =>
    piece.startsWith(open) ? piece.slice(1, -1) : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${quoted.join('')}"`;
}
