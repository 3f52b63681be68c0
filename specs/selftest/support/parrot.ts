import { createServer, type IncomingMessage, request } from 'node:http';
import { listening } from './server.ts';
import { spellingsOf } from './spellings.ts';

/** A server in front of a target that repeats every secret it knows, wherever it can write. */
export interface Parrot {
  readonly url: string;
  /** Every key that key control issued. */
  readonly made: readonly string[];
  /** Answers with at least one secret. */
  readonly repeated: () => number;
  close(): Promise<void>;
}

/** Starts a parrot that knows some secrets from the start. */
export async function startParrot(target: string, known: readonly string[]): Promise<Parrot> {
  const made: string[] = [];
  let turn = 0;
  const fresh = (): string => {
    const secrets = [...made, ...known];
    turn += 1;
    const secret = secrets[secrets.length - 1 - (turn % secrets.length)] ?? '';
    const [first = '', ...rest] = secret.split('.');
    const spellings = spellingsOf(rest.length === 2 ? rest.join('.') : first);
    return spellings[Math.floor(turn / secrets.length) % spellings.length]?.[1] ?? '';
  };
  // Equal requests get equal answers: the suite would take a difference for noise.
  const told = new Map<string, string[]>();
  const inTurn = (request: string): (() => string) => {
    const texts = told.get(request) ?? [];
    told.set(request, texts);
    let at = 0;
    return () => {
      texts[at] ??= fresh();
      at += 1;
      return texts[at - 1] ?? '';
    };
  };
  const server = createServer({ maxHeaderSize: 1_048_576 }, async (incoming, outgoing) => {
    try {
      const onward = request(target, {
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, connection: 'close' },
      });
      const next = inTurn(`${incoming.method} ${incoming.url} ${incoming.headers.authorization}`);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        onward.on('response', resolve).on('error', reject);
        incoming.pipe(onward);
      });
      let body = Buffer.concat(await answer.toArray()).toString('utf8');
      const isControl = incoming.url?.startsWith('/control') === true;
      const key = isControl ? /"key":"([^"]+)"/.exec(body)?.[1] : undefined;
      if (key !== undefined) made.push(key);
      const status = answer.statusCode ?? 0;
      if (isControl && incoming.url === '/control/') {
        const said = { ...JSON.parse(body), implementation: { name: next(), version: next() } };
        body = JSON.stringify(said);
      } else if (!isControl && status >= 400) {
        body = `{"errors":["${next()}","${next().replaceAll('\\', '\\\\')}"]}`;
      } else if (!isControl && body.startsWith('{')) {
        body = `${body.slice(0, -1)},"note":${JSON.stringify(`\u009b31m\n::error::${next()}`)}}`;
      }
      const fields = {
        [`x-${/^[\w-]+$/.exec(next())?.[0].slice(0, 200) ?? 'plain'}`]: 'a name',
        'x-parrot': next().slice(0, 4000),
      };
      const type = answer.headers['content-type'] ?? 'application/json';
      const head = {
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        ...(isControl ? {} : fields),
      };
      if (status === 204 || incoming.method === 'HEAD')
        outgoing.writeHead(status, isControl ? {} : fields).end();
      else
        outgoing
          .writeHead(status, isControl ? `OK ${made.at(-1) ?? ''}` : `No ${made.at(-1) ?? ''}`, head)
          .end(body);
    } catch {
      outgoing.destroy();
    }
  });
  return {
    ...(await listening(server)),
    made,
    repeated: () => turn,
  };
}
