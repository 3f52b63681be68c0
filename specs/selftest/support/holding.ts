import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listening } from './server.ts';

/** A server in front of a target that leaves some requests without an answer. */
export interface HoldingServer {
  readonly url: string;
  /** Requests that wait for an answer that never comes. */
  readonly held: () => number;
  /** Connections that are open now. */
  readonly open: () => number;
  close(): Promise<void>;
}

/** Starts one. `passes`: how many requests it passes on before it holds all others, or which ones it passes on. */
export async function startHolding(
  target: string,
  passes: number | ((incoming: IncomingMessage) => boolean),
): Promise<HoldingServer> {
  let seen = 0;
  let open = 0;
  const waiting = new Set<ServerResponse>();
  const server = createServer({ maxHeaderSize: 1_048_576 }, (incoming, outgoing) => {
    seen += 1;
    if (!(typeof passes === 'number' ? seen <= passes : passes(incoming))) {
      waiting.add(outgoing);
      outgoing.on('close', () => waiting.delete(outgoing));
      return;
    }
    const { method, url, rawHeaders } = incoming;
    const onward = request(target, { path: url, method, headers: rawHeaders as unknown as [] }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  return {
    ...(await listening(server)),
    held: () => waiting.size,
    open: () => open,
  };
}
