import { request } from 'node:http';
import { Duplex } from 'node:stream';
import { answerTo, type ReceivedAnswer, reading } from './answer.ts';

/**
 * The answer to bytes that the suite wrote to a socket itself, read by Node's own parser. The client of the parser gets
 * a stream that delivers what arrives and drops what the client sends; only after an upgrade it passes that to `send`. One
 * for each exchange.
 */
export class Incoming extends Duplex {
  readonly #arrived: Buffer[] = [];
  #ended: { readonly error?: Error | undefined } | undefined;
  #began = false;
  #isWanted = false;
  #isUpgraded = false;
  readonly #send: (bytes: Buffer) => void;

  constructor(send: (bytes: Buffer) => void) {
    // Nothing is buffered in the stream, because an error would discard it.
    super({ readableHighWaterMark: 1 });
    this.#send = send;
  }

  /** Reads the answer to a request with this method. */
  answer(method: string, timeoutMs: number): Promise<ReceivedAnswer> {
    const reader = request({ method, ...reading, createConnection: () => this });
    reader.on('upgrade', () => {
      this.#isUpgraded = true;
    });
    const answer = answerTo(reader, timeoutMs, () => this.#began);
    reader.end();
    return answer;
  }

  /** Delivers bytes from the socket. */
  arrive(bytes: Buffer): void {
    this.#began = true;
    this.#arrived.push(bytes);
    this.#deliver();
  }

  /** The end of the bytes, with or without an error. */
  finish(error?: Error): void {
    this.#ended ??= { error };
    this.#deliver();
  }

  /** True if there was more than the answer: Node then destroys the stream, or has not read everything. */
  get holdsMore(): boolean {
    return this.#arrived.length > 0 || (this.destroyed && this.#ended === undefined);
  }

  override _read(): void {
    this.#isWanted = true;
    this.#deliver();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#isUpgraded) this.#send(chunk);
    done();
  }

  #deliver(): void {
    if (!this.#isWanted || this.destroyed) return;
    const next = this.#arrived.shift();
    if (next !== undefined) {
      this.#isWanted = false;
      this.push(next);
    } else if (this.#ended?.error !== undefined) this.destroy(this.#ended.error);
    else if (this.#ended !== undefined) this.push(null);
  }
}
