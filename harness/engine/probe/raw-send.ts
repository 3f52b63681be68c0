import { contentOf, fieldsOf, isChunked, type WireRequest, type WireResponse } from '../../model/index.ts';
import { openRawConnection, type RawOptions } from './raw-connection.ts';

/** Sends a request with raw lines on a new connection. Throws errors that `describeFailure` understands. */
export async function sendRaw(
  wire: WireRequest,
  id: string,
  options: RawOptions & { readonly userAgent: string; readonly unnamed?: boolean },
): Promise<WireResponse> {
  const connection = await openRawConnection(new URL(wire.url), options);
  try {
    return await connection.exchange(
      rawBytes(wire, options.unnamed === true ? undefined : id, options.userAgent),
      wire.method,
    );
  } finally {
    connection.close();
  }
}

/** The bytes of an HTTP/1.1 request with its extra lines unchanged (RFC 9112 section 2.1). */
export function rawBytes(
  wire: WireRequest,
  id: string | undefined,
  userAgent: string,
  keepAlive = false,
): Buffer {
  const body = contentOf(wire) ?? Buffer.alloc(0);
  const defaults = [
    ['Host', new URL(wire.url).host],
    ['User-Agent', userAgent],
    ...(id === undefined ? [] : [['X-Request-Id', id] as const]),
    ['Connection', keepAlive ? 'keep-alive' : 'close'],
  ] as const;
  const head = [
    wire.requestLine ?? `${wire.method} ${requestTarget(wire.url)} HTTP/1.1`,
    ...fieldsOf(wire, defaults).map(([name, value]) => `${name}: ${value}`),
    ...(wire.lines ?? []),
  ];
  const start = Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!isChunked(wire)) return Buffer.concat([start, body]);
  const chunk =
    body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  const trailer = wire.trailer === undefined ? '' : `${wire.trailer}\r\n`;
  const end = Buffer.from(`0\r\n${trailer}\r\n`, 'latin1');
  return Buffer.concat([start, ...chunk, end]);
}

/** Path and query as they are spelled: the URL class would resolve dot segments. */
export function requestTarget(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}
