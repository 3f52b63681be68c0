import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Report } from '../../../harness/model/report.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { type EngineOptions, runEngine } from './engine.ts';

/** An answer on its way to the client. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Gets a request and the answer of the server to it; returns undefined to leave the answer unchanged. */
export type Rewrite = (incoming: IncomingMessage, answer: ServerAnswer) => ServerAnswer | undefined;

/** Runs the engine with every key against a reference server and rewrites its answers on their way. */
export async function answeredAs(
  rewrite: Rewrite,
  options: EngineOptions,
  reference: ReferenceOptions = {},
): Promise<Report> {
  const server = await startReference(reference);
  const listening = createServer((incoming, outgoing) => {
    const { method = '', url = '', rawHeaders } = incoming;
    const onward = request(
      server.url,
      { path: url, method, headers: rawHeaders, setHost: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const said = { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
          const { 'content-length': _length, 'transfer-encoding': _coding, ...rest } = answer.headers;
          const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, `${value}`]));
          const { status, body, ...changed } = rewrite(incoming, { ...said, headers }) ?? {
            ...said,
            headers,
          };
          outgoing.writeHead(status, changed.headers).end(method === 'HEAD' ? undefined : body);
        });
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const { MUFI_REPLICA_URLS: _replicas, ...environment } = server.environment;
  try {
    return await runEngine({ ...environment, MUFI_BASE_URL: url }, options);
  } finally {
    listening.close();
    listening.closeAllConnections();
    await server.close();
  }
}

/** How a framework itself rejects a request without a key in the right place. */
export function withoutBearer(answer: ServerAnswer): Rewrite {
  return ({ headers: { authorization = '' } }, { status }) =>
    status === 401 && !/^bearer +\S/i.test(authorization) ? answer : undefined;
}

export const json = (status: number, body: unknown): ServerAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const page = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): ServerAnswer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body,
});
