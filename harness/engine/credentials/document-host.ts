import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where the documents of another issuer are found. A forged key names the address, and only a target that trusts it
 * looks there.
 */
export interface DocumentHost {
  url(text: string, type: 'json' | 'pem'): Promise<string>;
  /** The same address, with the address of the target as the user name. */
  urlBehindTarget(text: string, type: 'json' | 'pem'): Promise<string>;
  file(text: string, type: 'json' | 'pem'): Promise<string>;
  /** The address of an issuer, below which the key set and what leads to it are where issuers publish them. */
  issuer(keySet: string): Promise<string>;
  close(): Promise<void>;
}

const types = { json: 'application/json', pem: 'application/x-pem-file' } as const;
/** Where issuers publish their key set; a target may trust every address that ends so. */
const wellKnown = '/.well-known/jwks.json';
const configurations = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
const longestMs = 5_000;
const mostConnections = 32;
const mostDocuments = 200;

/**
 * Serves documents on 127.0.0.1 to a target on this machine. Nothing listens and nothing is written before the first
 * document; `close` ends both.
 */
export function createDocumentHost(baseUrl: string): DocumentHost {
  const documents = new Map<string, { readonly text: string; readonly type: keyof typeof types }>();
  const paths = new Map<string, string>();
  let listening: Promise<Server> | undefined;
  let directory: Promise<string> | undefined;

  const pathOf = (text: string, type: keyof typeof types): string => {
    const known = paths.get(text);
    if (known !== undefined) return known;
    if (documents.size >= mostDocuments) throw new Error('the run serves more documents than it has');
    const path = `/${randomBytes(8).toString('hex')}${type === 'json' ? wellKnown : '.pem'}`;
    paths.set(text, path);
    documents.set(path, { text, type });
    return path;
  };
  const listen = (): Promise<Server> => {
    const server = createServer(
      { requestTimeout: longestMs, headersTimeout: longestMs },
      (request, response) => {
        const document = request.method === 'GET' ? documents.get(request.url ?? '') : undefined;
        response.setHeader('Connection', 'close');
        if (document !== undefined) response.setHeader('Content-Type', types[document.type]);
        response.writeHead(document === undefined ? 404 : 200).end(document?.text ?? '');
      },
    );
    server.maxConnections = mostConnections;
    server.unref();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  };
  const addressOf = async (): Promise<string> => {
    listening ??= listen();
    return `127.0.0.1:${((await listening).address() as AddressInfo).port}`;
  };

  return {
    url: async (text, type) => `http://${await addressOf()}${pathOf(text, type)}`,
    urlBehindTarget: async (text, type) =>
      `${new URL(baseUrl).origin}@${await addressOf()}${pathOf(text, type)}`,
    file: async (text, type) => {
      directory ??= mkdtemp(join(tmpdir(), 'keys-'));
      const path = join(await directory, pathOf(text, type).slice(1));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      return pathToFileURL(path).href;
    },
    issuer: async (keySet) => {
      const path = pathOf(keySet, 'json');
      const host = `http://${await addressOf()}`;
      const folder = path.slice(0, -wellKnown.length);
      const text = JSON.stringify({ issuer: host + folder, jwks_uri: host + path });
      for (const configuration of configurations)
        documents.set(folder + configuration, { text, type: 'json' });
      return host + folder;
    },
    close: async () => {
      const server = await listening;
      server?.closeAllConnections();
      server?.close();
      if (directory !== undefined) await rm(await directory, { recursive: true, force: true });
    },
  };
}
