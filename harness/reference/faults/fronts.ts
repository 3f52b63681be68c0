import type { Front } from '../front.ts';
import type { Fault } from './fault.ts';

const OVERSIZED = /^x-fill:/im;

/** Faults of a front end in front of a correct server. */
export const fronts: readonly Fault[] = [
  fronting('front-repairs-syntax', 'An Authorization line that breaks the grammar is rejected.', (head) =>
    head
      .replace(/^(authorization) +:/im, '$1:')
      .replace(/\u0000[^\r\n]*/g, '')
      .replace(/\u0001/g, '')
      .replace(/\r(?!\n)/g, '\r\n'),
  ),
  fronting('front-fails-on-folding', 'A folded header line causes no server error.', (head) =>
    /\r\n[ \t]/.test(head) ? answer('502 Bad Gateway') : head,
  ),
  fronting('front-wants-space-after-colon', 'The white space after the colon is optional.', (head) =>
    head.replace(/^authorization:(?=\S)/im, 'X-Unread:'),
  ),
  fronting('front-wants-one-space', 'Spaces and tabs around the value are allowed.', (head) =>
    head.replace(/^authorization:(?=[ \t]{2})/im, 'X-Unread:'),
  ),
  fronting('front-fails-on-size', 'A header section that is too large causes no server error.', (head) =>
    OVERSIZED.test(head) ? answer('500 Internal Server Error') : head,
  ),
];

function fronting(id: string, breaks: string, front: Front): Fault {
  return { id, breaks, front, override: () => ({}) };
}

function answer(status: string): string {
  const body = '{"error":"front"}';
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
