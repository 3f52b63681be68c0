import { gzipSync } from 'node:zlib';
import type { Outcome } from './hostile.ts';
import type { Call, Refuses, Twist } from './hostile-control.ts';

/** What key control over HTTP does, as words that follow "key control that". */
export interface ControlRow extends Outcome {
  readonly twist: Twist;
  readonly refuses?: Refuses;
  /** Why keys remain that nobody could revoke. */
  readonly leaves?: string;
}

export const long = 'x'.repeat(200_000);
export const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

/** A twist of one verb; the others are not changed. */
export const of =
  (verb: string, twist: Twist): Twist =>
  (call) =>
    call.verb === verb ? twist(call) : call.pass();
/** Changes members of an answer. */
export const having =
  (change: (call: Call) => object): Twist =>
  (call) =>
    call.pass({ value: { ...call.value, ...change(call) } });
/** Writes an answer below HTTP. */
export const raw =
  (write: (socket: NonNullable<Call['outgoing']['socket']>) => unknown): Twist =>
  ({ outgoing }) => {
    const { socket } = outgoing;
    socket?.on('error', () => socket.destroy());
    if (socket) write(socket);
  };
export const only =
  (one: string): Refuses =>
  (verb) =>
    verb === one;
export const none = { cause: undefined } as const;

export function drip(outgoing: Call['outgoing']): void {
  outgoing.writeHead(200);
  const timer = setInterval(() => outgoing.write(' '), 100);
  outgoing.on('close', () => clearInterval(timer));
}

export function pour(outgoing: Call['outgoing']): void {
  outgoing.writeHead(201);
  const more = (): void => {
    while (!outgoing.destroyed && outgoing.write(' '.repeat(65_536)));
    if (!outgoing.destroyed) outgoing.once('drain', more);
  };
  more();
}
