import type { WireRequest } from '../model.ts';

const open = '\u0001';
const close = '\u0002';

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
  const body = request.body === undefined ? [] : [`--data-binary ${quote(request.body)}`];
  return ['curl -sS -i --path-as-is', method, quote(request.url), ...headers, ...body].join(' ');
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
  const body = (request.body ?? '').replaceAll('\\', '\\\\');
  const size = Buffer.byteLength(request.body ?? '');
  const framing = chunked ? ['Transfer-Encoding: chunked'] : size > 0 ? [`Content-Length: ${size}`] : [];
  const head = [
    `${request.method} ${request.url.replace(/^https?:\/\/[^/?#]*/i, '') || '/'} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: close',
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...framing,
    ...lines,
  ];
  const tail = chunked
    ? [...(size > 0 ? [size.toString(16), body] : []), '0', request.trailer ?? '', '', '']
    : [body];
  return `printf '%b' ${quote([...head, '', ...tail].join('\\r\\n'))} | ${connect}`;
}

function quote(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const pieces = text.split(new RegExp(`(${open}[^${close}]*${close})`));
  const quoted = pieces.map((piece) =>
    piece.startsWith(open) ? piece.slice(1, -1) : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${quoted.join('')}"`;
}
