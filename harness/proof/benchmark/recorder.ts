import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it was sent. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** The answer of the target during the recording. */
  readonly status: number;
}

/** A proxy that records what passes; it only counts what Node cannot parse. */
export interface Recorder {
  readonly url: string;
  readonly unparsable: () => number;
  close(): void;
}

const maxHeaderSize = 1_048_576;
const ownedByClients = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'trailer'];

/** Puts a recorder in front of a target; it adds what it records to `list`. */
export async function startRecorder(target: string, list: RecordedRequest[]): Promise<Recorder> {
  const agent = new Agent({ keepAlive: true });
  let unparsable = 0;
  const server = createServer({ maxHeaderSize }, async (incoming, outgoing) => {
    const { method = 'GET', url = '/', rawHeaders } = incoming;
    try {
      const body = Buffer.concat(await incoming.toArray());
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const onward = request(target, {
          path: url,
          agent,
          method,
          maxHeaderSize,
          headers: rawHeaders as unknown as [],
        });
        onward.on('response', resolve).on('error', reject).end(body);
      });
      const status = answer.statusCode ?? 0;
      const text = Buffer.concat(await answer.toArray());
      list.push({
        method,
        url: target + pathIn(url),
        headers: pairsOf(rawHeaders),
        body: body.toString(),
        status,
      });
      outgoing.writeHead(status, answer.rawHeaders).end(text);
    } catch {
      outgoing.destroy();
    }
  });
  server.on('clientError', (_error, socket) => {
    unparsable += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  };
  return { url: `http://127.0.0.1:${port}`, unparsable: () => unparsable, close };
}

/** The path of a request line, which may name another server: a repetition goes to the target. */
function pathIn(url: string): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs.filter(([name]) => !ownedByClients.includes(name.toLowerCase()));
}
