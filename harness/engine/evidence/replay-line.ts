import { contentOf, fieldsOf, framingOf, isChunked, type WireRequest } from '../../model/index.ts';
import { marked, printf, replaceMarked, survivesCopying, word } from './shell-words.ts';

/** Marks a variable that must be set: if it is empty, the shell says what it needs and sends nothing. */
export function shellVariable(name: string, needs: string): string {
  return marked(`\${${name}:?needs ${needs.replaceAll(/[^\w ,-]/g, '').replaceAll(/ +/g, ' ')}}`);
}

/** Marks the output of a command: if the command fails, nothing is sent. */
export function shellOutput(command: string): string {
  return marked(`$(${command})`);
}

/**
 * The command that sends a request again, byte for byte, in any shell; its texts may contain marked variables and
 * outputs. `before`: sent first, over the same connection.
 */
export function shellCommand(request: WireRequest, before?: WireRequest): string {
  const requests = before === undefined ? [request] : [before, request];
  const isRaw = requests.some(isBeyondCurl);
  const command = isRaw ? rawCommand(requests) : requests.map(curlArguments).join(' --next ');
  // If a variable is missing inside a pipe or a substitution, only that part would stop.
  const isGuarded = isRaw || command.includes('"$(printf ');
  const guards = new Set<string>();
  const outputs = new Map<string, string>();
  const filled = replaceMarked(isRaw ? command : `curl ${command}`, (expression) => {
    if (!expression.startsWith('$(')) {
      if (!isGuarded) return expression;
      guards.add(`: "${expression}" && `);
      return expression.replace(/:\?.*/, '}');
    }
    // If a command inside its arguments fails, curl would continue with an empty text.
    const name = outputs.get(expression) ?? `key${outputs.size === 0 ? '' : outputs.size + 1}`;
    outputs.set(expression, name);
    return `\${${name}}`;
  });
  const made = [...outputs].map(([expression, name]) => `${name}=${expression} && `);
  return [...guards, ...made, filled].join('');
}

/**
 * curl cannot send a malformed message, a field of blanks, or a body with HEAD; a substitution drops newlines at the
 * end.
 */
function isBeyondCurl({ method, headers, body, lines, coding }: WireRequest): boolean {
  return (
    lines !== undefined ||
    coding !== undefined ||
    headers.some(([, value]) => /^[ \t]+$/.test(value)) ||
    (body !== undefined && (method === 'HEAD' || (!survivesCopying(body) && /\0|\n$/.test(body))))
  );
}

function curlArguments(request: WireRequest): string {
  const method = request.method === 'HEAD' ? '--head' : `-X ${request.method}`;
  const headers = request.headers.map(
    ([name, value]) => `-H ${word(value === '' ? `${name};` : `${name}: ${value}`, 'latin1')}`,
  );
  const typed = request.headers.some(([name]) => name.toLowerCase() === 'content-type');
  // A header without a value removes the content type that curl would add.
  if (request.body !== undefined && !typed) headers.push("-H 'Content-Type:'");
  const framing = request.body === undefined ? framingOf(request) : [];
  headers.push(...framing.map(([name, value]) => `-H '${name}: ${value}'`));
  const body = request.body === undefined ? [] : [`--data-raw ${word(request.body, 'utf8')}`];
  const url = word(request.url, 'utf8');
  const version = request.version === undefined ? '' : ' --http2';
  return [`-sS -i${version} --path-as-is --globoff`, method, url, ...headers, ...body].join(' ');
}

/** What curl cannot send goes through a socket of OpenSSL or netcat; a second request waits for the first answer. */
function rawCommand(requests: readonly WireRequest[]): string {
  const url = new URL(requests[0]?.url ?? '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const connect =
    url.protocol === 'https:'
      ? `openssl s_client -quiet -connect ${url.hostname}:${port}`
      : `nc ${url.hostname} ${port}`;
  const printing = requests.map((request, index) => printed(request, index < requests.length - 1));
  const [first = ''] = printing;
  return `${printing.length === 1 ? first : `{ ${printing.join('; sleep 1; ')}; }`} | ${connect}`;
}

function printed(request: WireRequest, keepAlive: boolean): string {
  const { method, url, requestLine, lines = [], trailer, body = '', coding } = request;
  const defaults = [
    ['Host', new URL(url).host],
    ['Connection', keepAlive ? 'keep-alive' : 'close'],
  ] as const;
  const head = [
    requestLine ?? `${method} ${url.replace(/^https?:\/\/[^/?#]*/i, '') || '/'} HTTP/1.1`,
    ...fieldsOf(request, defaults).map(([name, value]) => `${name}: ${value}`),
    ...lines,
    '',
    '',
  ].join('\r\n');
  if (coding !== undefined && !isChunked(request)) {
    return printf(head, [contentOf(request)?.toString('latin1') ?? '', 'latin1']);
  }
  if (!isChunked(request)) return printf(head, [body, 'utf8']);
  const size = Buffer.byteLength(body).toString(16);
  const chunk = body === '' ? [] : [`${size}\r\n`, [body, 'utf8'] as const, '\r\n'];
  return printf(head, ...chunk, `0\r\n${trailer === undefined ? '' : `${trailer}\r\n`}\r\n`);
}
