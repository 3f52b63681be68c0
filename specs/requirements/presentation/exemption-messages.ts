import type { ExemptionRow } from './exemption-row.ts';

/** Sent through a raw socket, as its fields are those of HTTP itself. */
const upgrade = (
  protocol: string,
  more: Readonly<Record<string, string>>,
): Pick<ExemptionRow, 'headers' | 'lines'> => ({
  headers: { Connection: 'Upgrade', Upgrade: protocol, ...more },
  lines: [],
});

/** Forms of a message that take another way through a server. */
export const messages: readonly ExemptionRow[] = [
  {
    id: 'websocket',
    title: 'the connection is to become a WebSocket',
    ...upgrade('websocket', {
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }),
    // A handshake is a GET without a body (RFC 6455 section 4.1); some servers wait for ever if a body follows.
    to: 'every GET operation',
  },
  {
    id: 'clear-http2',
    title: 'the connection is to become HTTP/2',
    ...upgrade('h2c', { Connection: 'Upgrade, HTTP2-Settings', 'HTTP2-Settings': 'AAMAAABkAAQAAP__' }),
  },
  {
    id: 'expect-continue',
    title: 'the client waits for permission to send the body',
    lines: ['Expect: 100-continue'],
  },
  {
    id: 'http-1-0',
    title: 'the message is HTTP/1.0',
    requestLine: '{method} {target} HTTP/1.0',
    lines: [],
  },
  {
    id: 'if-none-match',
    title: 'the client asks for an answer only if there was none before',
    headers: { 'If-None-Match': '*' },
  },
  {
    id: 'if-modified-since',
    title: 'the client asks for an answer only if it is from the future',
    headers: { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
  },
  { id: 'range', title: 'the client asks for a part of the answer', headers: { Range: 'bytes=0-99' } },
  {
    id: 'preflight-headers',
    title: 'the request itself has the headers of a preflight',
    headers: {
      Origin: 'https://conformance.invalid',
      'Access-Control-Request-Method': '{method}',
      'Access-Control-Request-Headers': 'authorization',
    },
  },
  {
    id: 'browser',
    title: 'a browser seems to ask for a page',
    headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    expect: 'unauthorized',
    catches: ['unauthorized-redirects'],
  },
  {
    id: 'event-stream',
    title: 'the client asks for a stream of events',
    headers: { Accept: 'text/event-stream, */*' },
  },
  {
    id: 'other-format',
    title: 'the client asks for a table or for XML',
    headers: { Accept: 'text/csv, application/xml;q=0.9' },
    // `lines` adds nothing; it only makes that the document says nothing of the answer, which may be XML, or 406.
    lines: [],
    expect: 'not let in',
    catches: ['xml-exempt'],
  },
  {
    id: 'old-version',
    title: 'the client asks for the first version of the API',
    headers: { 'Accept-Version': '0', 'X-API-Version': '0', 'API-Version': '0' },
  },
  {
    id: 'prefetch',
    title: 'a browser seems to fetch ahead',
    headers: { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch', 'X-Moz': 'prefetch' },
  },
  {
    id: 'method-in-query',
    title: 'the query says that the method is OPTIONS',
    query: { _method: 'OPTIONS' },
  },
];
