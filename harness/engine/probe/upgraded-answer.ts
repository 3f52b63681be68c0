import { Duplex } from 'node:stream';
import type { WireResponse } from '../../model/index.ts';
import { answerOf, startSession } from './http2-answer.ts';

const prefaceBytes = 24;
const frameHeadBytes = 9;
/** HEADERS and CONTINUATION: only the request has these (RFC 9113 section 6). */
const ofRequest = [1, 9];

/**
 * A connection that became HTTP/2 by `Upgrade: h2c`. The server has the request already, and answers it as stream 1 (RFC
 * 7540 section 3.2). So the request that an HTTP/2 client sends as its stream 1 is left out.
 */
class UpgradedConnection extends Duplex {
  readonly #socket: Duplex;
  #unsent: Buffer = Buffer.alloc(0);
  #prefaceLeft = prefaceBytes;
  /** What arrived before the client began its stream; then undefined. */
  #early: Buffer[] | undefined;

  constructor(socket: Duplex, head: Buffer) {
    super();
    this.#socket = socket;
    this.#early = [head];
    socket.on('data', (bytes: Buffer) => {
      if (this.#early === undefined) this.push(bytes);
      else this.#early.push(bytes);
    });
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    // The socket delivers by itself.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const preface = chunk.subarray(0, this.#prefaceLeft);
    this.#prefaceLeft -= preface.length;
    this.#socket.write(preface);
    this.#unsent = Buffer.concat([this.#unsent, chunk.subarray(preface.length)]);
    for (let frame = this.#nextFrame(); frame !== undefined; frame = this.#nextFrame()) {
      if (!ofRequest.includes(frame[3] ?? 0)) this.#socket.write(frame);
      else setImmediate(() => this.#begin());
    }
    done();
  }

  #nextFrame(): Buffer | undefined {
    const unsent = this.#unsent;
    if (unsent.length < frameHeadBytes) return undefined;
    const length = frameHeadBytes + unsent.readUIntBE(0, 3);
    if (unsent.length < length) return undefined;
    this.#unsent = unsent.subarray(length);
    return unsent.subarray(0, length);
  }

  /** Not within a write: the client does not expect an answer there. */
  #begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const bytes of early) if (bytes.length > 0) this.push(bytes);
  }
}

/**
 * The answer to a request for which the server changed to HTTP/2. `head`: what arrived after 101 already. Rejects with an
 * Error that `describeFailure` understands.
 */
export function upgradedAnswer(socket: Duplex, head: Buffer, timeoutMs: number): Promise<WireResponse> {
  const session = startSession('http://upgraded.invalid', new UpgradedConnection(socket, head));
  return answerOf(session.request({ ':path': '/' }), timeoutMs).finally(() => {
    session.destroy();
    socket.destroy();
  });
}
