import { shortMs } from '../support/hostile.ts';
import {
  type ControlRow,
  drip,
  having,
  long,
  none,
  of,
  packed,
  pour,
  raw,
} from '../support/hostile-twists.ts';

/** Key control with a strange description, or with answers that break off below HTTP or never end. */
export const hostileAnswers: readonly ControlRow[] = [
  {
    does: 'writes a log of JSON around each answer',
    twist: ({ text, pass }) =>
      pass({ text: `{"id":"a","level":"info"}\n${text}\n{"id":"b","level":"warn"}` }),
    exit: 0,
    ...none,
  },
  { does: 'does what it is asked', twist: (call) => call.pass(), exit: 0, ...none },
  // Its description of itself.
  { does: 'answers 500 to everything', twist: (call) => call.pass({ status: 500 }), exit: 2, ...none },
  { does: 'answers 401 to everything', twist: (call) => call.pass({ status: 401 }), exit: 2, ...none },
  {
    does: 'answers 404 to its description',
    twist: of('describe', (call) => call.pass({ status: 404 })),
    exit: 2,
    ...none,
  },
  {
    does: 'describes itself with HTML',
    twist: of('describe', (call) => call.pass({ text: '<html>' })),
    exit: 2,
    ...none,
  },
  {
    does: 'describes itself with nothing',
    twist: of('describe', (call) => call.pass({ text: '' })),
    exit: 2,
    ...none,
  },
  {
    does: 'describes itself with null',
    twist: of('describe', (call) => call.pass({ text: 'null' })),
    exit: 2,
    ...none,
  },
  {
    does: 'has a name of 200,000 characters',
    twist: of(
      'describe',
      having(() => ({ implementation: { name: long, version: '1' } })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'has a name of escapes and a workflow command',
    twist: of(
      'describe',
      having(() => ({ implementation: { name: '\u001b[2J\n::error::x\u009b', version: '1\r\n' } })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'offers no features',
    twist: of(
      'describe',
      having(() => ({ features: [] })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'offers features that nobody knows',
    twist: of(
      'describe',
      having(({ value }) => ({ features: [...(value.features as string[]), '__proto__', 'toString'] })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'offers 100,000 features',
    twist: of(
      'describe',
      having(() => ({ features: Array(100_000).fill('keys') })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'names public keys that lead elsewhere',
    twist: of(
      'describe',
      having(() => ({ jwks_url: 'http://127.0.0.1:9/steal' })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'names public keys that are no address',
    twist: of(
      'describe',
      having(() => ({ jwks_url: 'javascript:x' })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'has members that lead to prototypes',
    twist: (call) =>
      call.pass({
        text: call.text.replace(
          '{',
          '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
        ),
      }),
    exit: 0,
    ...none,
  },
  // Answers below HTTP and answers without an end.
  {
    does: 'says nothing',
    twist: () => undefined,
    exit: 2,
    ...none,
    timeoutMs: shortMs,
    leaves: 'no id was told',
  },
  {
    does: 'drips',
    twist: ({ outgoing }) => drip(outgoing),
    exit: 2,
    ...none,
    timeoutMs: 1000,
    leaves: 'no id was told',
  },
  { does: 'hangs up', twist: raw((socket) => socket.destroy()), exit: 2, ...none, leaves: 'no id was told' },
  {
    does: 'sends garbage',
    twist: raw((socket) => socket.end('garbage\r\n\r\n')),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'answers 101',
    twist: raw((socket) => socket.write('HTTP/1.1 101 -\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'sends 100 without end',
    twist: raw((socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100_000))),
    exit: 2,
    ...none,
    timeoutMs: 1000,
    leaves: 'no id was told',
  },
  {
    does: 'sends headers without end',
    twist: raw((socket) => socket.write(`HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(8000)}\r\n`.repeat(140)}`)),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'sends a gzip bomb',
    twist: ({ outgoing }) => outgoing.writeHead(201, { 'content-encoding': 'gzip' }).end(packed),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'sends a body without end',
    twist: ({ outgoing }) => void pour(outgoing),
    exit: 2,
    ...none,
    timeoutMs: 1000,
    leaves: 'no id was told',
  },
  {
    does: 'redirects everything',
    twist: ({ outgoing }) => outgoing.writeHead(307, { location: 'http://127.0.0.1:9/steal' }).end(),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'nests 100,000 deep',
    twist: (call) => call.pass({ text: '['.repeat(100_000) + ']'.repeat(100_000) }),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'answers a megabyte of braces',
    twist: (call) => call.pass({ text: '{\n'.repeat(500_000) }),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
];
