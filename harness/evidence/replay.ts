import type { WireRequest } from '../model.ts';

/** Marks from the private use area, which no request holds. */
const open = '\ue000';
const close = '\ue001';

/** Marks a variable that has to be set: the shell says what it needs and sends nothing where it is empty. */
export function shellVariable(name: string, needs: string): string {
  return `${open}\${${name}:?needs ${needs.replaceAll(/[^\w ,-]/g, '')}}${close}`;
}

/** Marks what a command prints: where the command fails, nothing is sent. */
export function shellOutput(command: string): string {
  return `${open}$(${command})${close}`;
}

/** The command that sends a request again; its texts may hold marked variables and outputs. */
export function shellCommand(request: WireRequest): string {
  const { lines } = request;
  const guards = new Set<string>();
  const outputs = new Map<string, string>();
  const command = piecesOf(lines === undefined ? curlCommand(request) : rawCommand(request, lines)).map(
    (piece) => {
      if (!piece.startsWith(open)) return piece;
      const expression = piece.slice(1, -1);
      if (!expression.startsWith('$(')) {
        // A variable that is missing inside a pipe would stop its first half only.
        if (lines === undefined) return expression;
        guards.add(`: "${expression}" && `);
        return expression.replace(/:\?.*/, '}');
      }
      // curl would go on with nothing where a command inside its arguments fails.
      const name = outputs.get(expression) ?? `key${outputs.size === 0 ? '' : outputs.size + 1}`;
      outputs.set(expression, name);
      return `\${${name}}`;
    },
  );
  const made = [...outputs].map(([expression, name]) => `${name}=${expression} && `);
  return [...guards, ...made, ...command].join('');
}

function curlCommand(request: WireRequest): string {
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

/** Leaves marked expressions marked. */
function quote(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const quoted = piecesOf(text).map((piece) =>
    piece.startsWith(open) ? piece : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${quoted.join('')}"`;
}
