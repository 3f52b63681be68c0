import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of a target. */
export interface Front {
  readonly url: string;
  close(): void;
}

/** Passes on what `answers` does not answer itself; it says so with true. */
export async function startFront(
  target: string,
  answers: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean,
): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    if (answers(incoming, outgoing)) return;
    const { method = '', url = '', headers } = incoming;
    const onward = request(target + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
