import type { WireRequest } from '../model.ts';

const open = '\u0001';
const close = '\u0002';

/** Marks a shell expression inside a text, so that `shellCommand` leaves it to the shell. */
export function shellExpression(expression: string): string {
  return `${open}${expression}${close}`;
}

/** The curl command that sends a request again; its texts may hold marked shell expressions. */
export function shellCommand(request: WireRequest): string {
  const method = request.method === 'HEAD' ? '--head' : `-X ${request.method}`;
  const headers = request.headers.map(([name, value]) =>
    value === '' ? `-H ${quote(`${name};`)}` : `-H ${quote(`${name}: ${value}`)}`,
  );
  const body = request.body === undefined ? [] : [`--data-binary ${quote(request.body)}`];
  return ['curl -sS -i --path-as-is', method, quote(request.url), ...headers, ...body].join(' ');
}

function quote(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const pieces = text.split(new RegExp(`(${open}[^${close}]*${close})`));
  const quoted = pieces.map((piece) =>
    piece.startsWith(open) ? piece.slice(1, -1) : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${quoted.join('')}"`;
}
