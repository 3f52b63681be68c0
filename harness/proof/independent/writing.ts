import { type BadMessage, type Message, type Reply, valuesOf } from './message.ts';

/** True if the connection stays open after the answer. */
export function isKept(message: Pick<Message, 'version' | 'fields'>): boolean {
  return message.version === '1.1' && !valuesOf(message, 'connection').some((value) => /close/i.test(value));
}

/**
 * An answer as bytes. A success is sent in two chunks and a trailer, an error with its length. For HTTP/1.0 clients the
 * body ends with the connection.
 */
export function written(message: Pick<Message, 'method' | 'version' | 'fields'>, reply: Reply): Buffer {
  const { status, fields = {}, body } = reply;
  const head = [`HTTP/1.1 ${status} `, `date: ${new Date().toUTCString()}`];
  for (const [name, value] of Object.entries(fields)) head.push(`${name}: ${value}`);
  if (!isKept(message)) head.push('connection: close');
  if (body === undefined) return bytesOf([...head, ...(status === 204 ? [] : ['content-length: 0'])], '');
  const text = JSON.stringify(body);
  head.push('content-type: application/json; charset=utf-8');
  const isEmpty = message.method === 'HEAD';
  if (message.version === '1.0') return bytesOf(head, isEmpty ? '' : text);
  if (status >= 300)
    return bytesOf([...head, `content-length: ${Buffer.byteLength(text)}`], isEmpty ? '' : text);
  return bytesOf(
    [...head, 'transfer-encoding: chunked', 'trailer: Server-Timing'],
    isEmpty ? '' : chunked(text),
  );
}

/** The answer to something that is not a request; it ends the connection. */
export function complaint(error: BadMessage): Buffer {
  const reply = { status: error.status, body: { errors: [error.message] } };
  return written({ method: 'GET', version: '1.1', fields: [['connection', 'close']] }, reply);
}

function chunked(text: string): Buffer {
  const bytes = Buffer.from(text);
  const middle = Math.ceil(bytes.length / 2);
  const parts = [bytes.subarray(0, middle), bytes.subarray(middle)].filter((part) => part.length > 0);
  return Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from('0\r\nServer-Timing: app;dur=1\r\n\r\n'),
  ]);
}

function bytesOf(head: readonly string[], body: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}
