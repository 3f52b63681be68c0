import { request } from 'node:http';
import { Duplex } from 'node:stream';
import { type Answer, answerTo, reading } from './answer.ts';

/**
 * The answer to bytes that the suite wrote to a socket itself, read by Node's own parser: its client gets a stream
 * that brings what arrives and drops what that client would send. One for each exchange.
 */
export class Incoming extends Duplex {
  readonly #arrived: Buffer[] = [];
  #ended: { readonly error?: Error | undefined } | undefined;
  #began = false;
  #isWanted = false;

  constructor() {
    // Nothing waits inside the stream, where an error would throw it away.
    super({ readableHighWaterMark: 1 });
  }

  /** Reads the answer to a request with this method. */
  answer(method: string, timeoutMs: number): Promise<Answer> {
    const reader = request({ method, ...reading, createConnection: () => this });
    const answer = answerTo(reader, timeoutMs, () => this.#began);
    reader.end();
    return answer;
  }

  /** Brings bytes from the socket. */
  arrive(bytes: Buffer): void {
    this.#began = true;
    this.#arrived.push(bytes);
    this.#deliver();
  }

  /** No more will come, by an error or as it has to be. */
  finish(error?: Error): void {
    this.#ended ??= { error };
    this.#deliver();
  }

  /** Whether there was more than the answer: Node gives the stream up then, or has not asked for all. */
  get holdsMore(): boolean {
    return this.#arrived.length > 0 || (this.destroyed && this.#ended === undefined);
  }

  override _read(): void {
    this.#isWanted = true;
    this.#deliver();
  }

  override _write(_chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
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
