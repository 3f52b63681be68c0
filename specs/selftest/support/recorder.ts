import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type IllFormed, readRequest } from './grammar.ts';

/** One defect in what came over a connection. */
export interface WireFault {
  readonly wrong: string;
  /** X-Request-Id of the message, if it can be read. */
  readonly id: string | undefined;
  readonly message: string;
}

/** Reads the requests of one connection as they arrive. */
export class WireReader {
  readonly faults: WireFault[] = [];
  /** X-Request-Id of each message that was read, well framed or not. */
  readonly ids: string[] = [];
  messages = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #isAnswered = true;
  #isLost = false;
  /** An answer came before the message was complete, so its client may stop and close (RFC 9112 section 9.6). */
  #mayStop = false;

  /** Receives bytes from the client. */
  sent(bytes: Buffer): void {
    if (this.#isLost) return;
    if (this.#bytes.length === 0 && !this.#isAnswered) {
      this.#fault('it came before the one in front of it was answered', bytes.toString('latin1'));
    }
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const read = readRequest(this.#bytes);
    if (read === undefined) return;
    if ('wrong' in read) {
      this.#lose(read);
      return;
    }
    const message = this.#bytes.subarray(0, read.end).toString('latin1');
    this.messages += 1;
    this.ids.push(idIn(message) ?? '');
    this.#isAnswered = false;
    const rest = this.#bytes.subarray(read.end);
    this.#bytes = Buffer.alloc(0);
    if (rest.length > 0) this.#lose({ wrong: 'bytes are left behind it', head: message });
  }

  /** Notes that the server has answered. */
  answered(): void {
    this.#isAnswered = true;
    this.#mayStop ||= this.#bytes.length > 0;
  }

  /** Notes that the connection has ended. */
  ended(): void {
    if (this.#bytes.length > 0 && !this.#isLost && !this.#mayStop) {
      this.#fault('it is not complete', this.#bytes.toString('latin1'));
    }
    this.#bytes = Buffer.alloc(0);
  }

  /** After a defective message the next one cannot be found. */
  #lose({ wrong, head }: IllFormed): void {
    this.#fault(wrong, head);
    this.#isLost = true;
  }

  #fault(wrong: string, message: string): void {
    const id = idIn(message);
    if (id !== undefined) this.ids.push(id);
    this.faults.push({ wrong, id, message: message.slice(0, 200) });
  }
}

function idIn(message: string): string | undefined {
  return /^x-request-id *: *(\S+)/im.exec(message)?.[1];
}

/** A relay in front of a server that reads every byte it forwards and changes none. */
export interface Recorder {
  readonly url: string;
  readonly readers: readonly WireReader[];
  close(): Promise<void>;
}

/** Starts a relay in front of the server of a URL, below HTTP. */
export async function startRecorder(target: string): Promise<Recorder> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  const readers: WireReader[] = [];
  const server = createServer({ allowHalfOpen: true }, (outside) => {
    const inside = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    const reader = new WireReader();
    readers.push(reader);
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('end', () => other.end());
      one.on('close', () => {
        sockets.delete(one);
        reader.ended();
        if (one.destroyed && !one.readableEnded) other.destroy();
      });
    }
    outside.on('data', (bytes: Buffer) => {
      reader.sent(bytes);
      inside.write(bytes);
    });
    inside.on('data', (bytes: Buffer) => {
      reader.answered();
      outside.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${own}${pathname === '/' ? '' : pathname}`,
    readers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
