import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { createProber } from '../../../../harness/engine/probe/prober.ts';
import type { BodyCoding, WireRequest } from '../../../../harness/model/index.ts';
import { startSockets } from '../../support/server.ts';

const label = { variant: 'valid', credential: { description: 'write key' }, presented: [] } as const;
const options = { userAgent: 'me/1', timeoutMs: 5000, concurrency: 1, maxRequestsPerSecond: undefined };

/** The bytes of one request, sent by the HTTP client or with raw lines, until no more arrive. */
async function bytesOf(wire: Omit<WireRequest, 'url'>): Promise<string> {
  let bytes = '';
  const server = await startSockets((socket, _index, chunk) => {
    bytes += chunk.toString('latin1');
    const [head = '', body = ''] = bytes.split(/(?<=\r\n\r\n)/);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? body.length);
    const isWhole = /^transfer-encoding/im.test(head) ? /0\r\n\r\n$/.test(body) : body.length >= length;
    if (isWhole && head.endsWith('\r\n\r\n')) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
  });
  const probe = createProber(options);
  try {
    const { response } = await probe.send({ ...wire, url: `${server.url}/v1/x` }, label);
    expect(response?.status).toBe(204);
    return bytes;
  } finally {
    probe.dispose();
    await server.close();
  }
}

const framing = (bytes: string): string[] =>
  bytes
    .slice(0, bytes.indexOf('\r\n\r\n'))
    .split('\r\n')
    .filter((line) => /^(content-length|transfer-encoding|host) *:/i.test(line))
    .map((line) => line.replace(/^host: .*/i, 'host').toLowerCase())
    .sort();

for (const [how, lines] of [
  ['the HTTP client', undefined],
  ['a raw socket', ['X-Raw: 1']],
] as const) {
  const raw = lines === undefined ? {} : { lines };

  for (const method of ['OPTIONS', 'GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'PATCH']) {
    test(`a body with ${method} leaves ${how} with its length in bytes`, async () => {
      const bytes = await bytesOf({ method, headers: [], body: '{"name":"Zoë"}', ...raw });
      expect(framing(bytes)).toEqual(['content-length: 15', 'host']);
      expect(bytes.endsWith('\r\n\r\n{"name":"ZoÃ«"}')).toBe(true);
      const empty = await bytesOf({ method, headers: [], body: '', ...raw });
      expect(framing(empty)).toEqual(['content-length: 0', 'host']);
    });

    test(`${method} without a body leaves ${how} with no framing that confuses`, async () => {
      const mayHaveOne = ['POST', 'PUT', 'PATCH'].includes(method);
      const bytes = await bytesOf({ method, headers: [], ...raw });
      expect(framing(bytes)).toEqual([...(mayHaveOne ? ['content-length: 0'] : []), 'host']);
      expect(bytes.endsWith('\r\n\r\n')).toBe(true);
    });
  }

  for (const [coding, decode] of Object.entries({
    identity: (content: Buffer) => content,
    gzip: gunzipSync,
    'x-gzip': gunzipSync,
    deflate: inflateSync,
    br: brotliDecompressSync,
    // The heads of the frame and of its only block.
    zstd: (content: Buffer) => content.subarray(12),
  })) {
    test(`a body leaves ${how} in the coding ${coding}, with the length of its bytes`, async () => {
      const body = '{"name":"Zoë"}';
      const bytes = await bytesOf({
        method: 'POST',
        headers: [],
        body,
        coding: coding as BodyCoding,
        ...raw,
      });
      const content = Buffer.from(bytes.slice(bytes.indexOf('\r\n\r\n') + 4), 'latin1');
      expect(framing(bytes)).toEqual([`content-length: ${content.length}`, 'host']);
      expect(decode(content).toString()).toBe(body);
    });
  }

  test(`a body leaves ${how} in chunks, without a length`, async () => {
    const bytes = await bytesOf({ method: 'POST', headers: [], body: '{"a":1}', coding: 'chunked', ...raw });
    expect(framing(bytes)).toEqual(['host', 'transfer-encoding: chunked']);
    expect(bytes.endsWith('\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n')).toBe(true);
  });

  test(`fields that a presentation sets do not double what ${how} sets`, async () => {
    const headers = [
      ['content-length', '3'],
      ['TRANSFER-ENCODING', 'chunked'],
      ['host', 'elsewhere.example'],
      ['user-agent', 'other'],
      ['x-twice', 'a'],
      ['X-Twice', 'b'],
    ] as const;
    const bytes = await bytesOf({ method: 'POST', headers, body: '{}', ...raw });
    expect(framing(bytes)).toEqual(['content-length: 2', 'host']);
    expect(bytes.match(/^(host|user-agent|x-twice):.*$/gim)?.map((line) => line.toLowerCase())).toEqual([
      'host: elsewhere.example',
      'user-agent: other',
      'x-twice: b',
    ]);
    expect(bytes.endsWith('\r\n\r\n{}')).toBe(true);
  });
}
