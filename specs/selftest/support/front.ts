import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a front end answers in place of the server. */
export interface Instead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Decides on a request before the server sees it; undefined lets it through. */
export type Front = (incoming: IncomingMessage) => Instead | Promise<Instead> | undefined;

/** Puts a front end before a server, calls back with its URL, and takes it away again. */
export async function behind<T>(server: string, front: Front, use: (url: string) => Promise<T>): Promise<T> {
  const listening = createServer((incoming, outgoing) => {
    const { method = '', url = '', rawHeaders } = incoming;
    const instead = front(incoming);
    if (instead !== undefined) {
      incoming.resume();
      const type = { 'content-type': 'application/json' };
      const answer = ({ status, headers, body = '{}' }: Instead) =>
        outgoing.writeHead(status, { ...type, ...headers }).end(body);
      Promise.resolve(instead).then(answer, () => outgoing.destroy());
      return;
    }
    const onward = request(server + url, { method, headers: rawHeaders, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
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
