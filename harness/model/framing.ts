import type { WireRequest } from './exchange.ts';

/** Methods whose content means something: without any, they say so (RFC 9110 section 8.6). */
const withContent = ['POST', 'PUT', 'PATCH'];

/**
 * The fields that tell a server where the body of a request ends (RFC 9112 section 6). Without them the body of an
 * OPTIONS or a GET is read as the next request of its connection.
 */
export function framingOf({ method, body, trailer }: WireRequest): readonly (readonly [string, string])[] {
  if (trailer !== undefined) return [['Transfer-Encoding', 'chunked']];
  if (body === undefined && !withContent.includes(method)) return [];
  return [['Content-Length', String(Buffer.byteLength(body ?? ''))]];
}

/** The fields of a request: of one name, in any case, the last counts, and the framing is nobody's choice. */
export function fieldsOf(
  wire: WireRequest,
  defaults: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const fields = new Map<string, readonly [string, string]>();
  for (const field of [...defaults, ...wire.headers]) fields.set(field[0].toLowerCase(), field);
  for (const name of ['content-length', 'transfer-encoding']) fields.delete(name);
  return [...fields.values(), ...framingOf(wire)];
}
