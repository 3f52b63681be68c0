import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { answerApi, type World } from './api.ts';
import { answerControl, type ControlSettings } from './control.ts';
import { KeyDesk } from './keys.ts';
import { BadMessage, type Message, type Reply } from './message.ts';
import { MessageReader } from './reading.ts';
import { complaint, isKept, written } from './writing.ts';

/** A running server, with the environment that the suite needs. */
export interface Independent {
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

type Responder = (message: Message) => Reply;

const host = '127.0.0.1';

/**
 * Starts a server that keeps the contract and shares nothing with the reference server: it reads and writes HTTP on
 * sockets itself, signs with node:crypto, and gives the same 404 for an unknown item and an unknown path.
 */
export async function startIndependent(): Promise<Independent> {
  const world: World = { desk: new KeyDesk(), shelves: new Map() };
  const projects = new Map([
    ['first', randomUUID()],
    ['second', randomUUID()],
  ]);
  let settings: ControlSettings | undefined;
  const answer: Responder = (message) => {
    if (message.target === '/keys.json') return { status: 200, body: { keys: [world.desk.publicJwk] } };
    const [, path] = /^\/control(\/.*)?$/.exec(message.target) ?? [];
    const isControl = /^\/control(\/|$)/.test(message.target);
    return isControl && settings !== undefined
      ? answerControl(world, settings, message, path ?? '/')
      : answerApi(world, message);
  };
  const nodes = [await listen(answer), await listen(answer)];
  const [first = '', second = ''] = nodes.map(({ url }) => url);
  settings = { token: randomUUID(), projects, jwksUrl: `${first}/keys.json` };
  return {
    environment: {
      ...suppliedKeys(world.desk, projects.get('first') ?? '', projects.get('second') ?? ''),
      ...{ MUFI_BASE_URL: first, MUFI_REPLICA_URLS: second, MUFI_JWKS_URL: settings.jwksUrl },
      ...{ MUFI_CONTROL_URL: `${first}/control`, MUFI_CONTROL_TOKEN: settings.token },
    },
    close: async () => {
      await Promise.all(nodes.map(({ close }) => close()));
    },
  };
}

function suppliedKeys(desk: KeyDesk, tenant: string, other: string): Record<string, string> {
  const key = (mayWrite: boolean, of = tenant): string => desk.issue({ tenant: of, mayWrite }).key;
  const revoked = desk.issue({ tenant, mayWrite: true });
  revoked.grant.isRevoked = true;
  return {
    ...{ MUFI_WRITE_KEY: key(true), MUFI_READ_KEY: key(false), MUFI_REVOKED_KEY: revoked.key },
    MUFI_LONG_LIVED_KEY: desk.issue({ tenant, mayWrite: true, age: 315_360_000 }).key,
    MUFI_OTHER_ENVIRONMENT_KEY: desk.issue({ tenant, mayWrite: true, stage: 'production' }).key,
    MUFI_OTHER_TOKEN: desk.ticket(),
    ...{ MUFI_OTHER_PROJECT_WRITE_KEY: key(true, other), MUFI_OTHER_PROJECT_READ_KEY: key(false, other) },
  };
}

async function listen(answer: Responder): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    serve(socket, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers the requests of one connection in order. */
function serve(socket: Socket, answer: Responder): void {
  const reader = new MessageReader();
  let isOver = false;
  socket.on('data', (bytes) => {
    if (isOver) return;
    reader.push(bytes);
    try {
      for (
        let message = reader.next();
        message !== undefined && !isOver;
        message = isOver ? undefined : reader.next()
      ) {
        socket.write(written(message, answer(message)));
        isOver = !isKept(message);
      }
      if (!isOver && reader.asksForLeave()) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    } catch (error) {
      isOver = true;
      socket.write(complaint(error instanceof BadMessage ? error : new BadMessage(500, 'the server fails')));
    }
    if (isOver) socket.end();
  });
}
