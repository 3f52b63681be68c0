import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Report } from '../../../harness/model/report.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { type EngineOptions, runEngine } from './engine.ts';

/** The answer of a front end instead of the server's. */
export interface Instead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: an empty object, or the answer of the server. */
  readonly body?: string;
  /** The server carries the request out first; a text is the Authorization value that it sees. */
  readonly carriedOut?: true | string;
}

/** Decides about a request before the server sees it; returns undefined to pass it on. */
export type Front = (incoming: IncomingMessage) => Instead | Promise<Instead> | undefined;

/** Puts a front end in front of a server, calls back with its URL, and removes it again. */
export async function behind<T>(server: string, front: Front, use: (url: string) => Promise<T>): Promise<T> {
  const listening = createServer({ maxHeaderSize: 512 * 1024 }, (incoming, outgoing) => {
    const { method = '', url = '', rawHeaders } = incoming;
    const instead = front(incoming);
    const afterwards = instead !== undefined && 'carriedOut' in instead ? instead : undefined;
    if (instead !== undefined && afterwards === undefined) {
      incoming.resume();
      const type = { 'content-type': 'application/json' };
      const answer = ({ status, headers, body = '{}' }: Instead) =>
        outgoing.writeHead(status, { ...type, ...headers }).end(body);
      Promise.resolve(instead).then(answer, () => outgoing.destroy());
      return;
    }
    const { carriedOut } = afterwards ?? {};
    const shown =
      typeof carriedOut === 'string' ? [...withoutKey(rawHeaders), 'Authorization', carriedOut] : rawHeaders;
    const onward = request(server, { path: url, method, headers: shown, setHost: false }, (answer) => {
      if (afterwards?.body === undefined) {
        outgoing.writeHead(afterwards?.status ?? answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      answer.resume();
      outgoing.writeHead(afterwards.status, { 'content-type': 'text/html' }).end(afterwards.body);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`);
  } finally {
    listening.close();
    listening.closeAllConnections();
  }
}

/** Runs the engine with the two keys of a project against a reference server behind a front end. */
export async function throughFront(
  front: Front,
  options: EngineOptions,
  reference: ReferenceOptions = {},
): Promise<Report> {
  const server = await startReference(reference);
  const { write, read } = server.keys;
  try {
    return await behind(server.url, front, (url) =>
      runEngine({ MUFI_BASE_URL: url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read }, options),
    );
  } finally {
    await server.close();
  }
}

function withoutKey(rawHeaders: readonly string[]): string[] {
  const isKey = (index: number): boolean =>
    rawHeaders[index - (index % 2)]?.toLowerCase() === 'authorization';
  return rawHeaders.filter((_, index) => !isKey(index));
}
