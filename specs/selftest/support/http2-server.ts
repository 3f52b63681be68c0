import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../../../harness/reference/tls-certificate.ts';

/** The header section of a request over HTTP/2, including pseudo-header fields. */
export type Http2Fields = Readonly<Record<string, unknown>>;

/** Answers one stream; `number` counts the streams of the server, starting at 1. */
export type OnStream = (stream: ServerHttp2Stream, fields: Http2Fields, number: number) => void;

/** An HTTP/2 server on loopback, and the file of the authority that a client has to trust. */
export async function startHttp2(onStream: OnStream) {
  const authority = await makeAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'mufi-http2-'));
  const caFile = join(folder, 'authority.pem');
  await writeFile(caFile, authority.cert);
  const server = createSecureServer(await authority.issue({ host: '127.0.0.1', days: [-1, 1] }));
  const sessions = new Set<ServerHttp2Session>();
  let streams = 0;
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, fields) => {
    stream.on('error', () => undefined);
    streams += 1;
    onStream(stream, fields, streams);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caFile,
    connections: () => sessions.size,
    close: async (): Promise<void> => {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true });
    },
  };
}
