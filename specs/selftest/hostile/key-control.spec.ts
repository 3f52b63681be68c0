import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { holdTarget, type Outcome, shortMs } from '../support/hostile.ts';
import { type Call, type Refuses, startTwisted, type Twist } from '../support/hostile-control.ts';

test.describe.configure({ timeout: 60_000 });

/** What key control over HTTP does, in words behind "key control that". */
interface ControlRow extends Outcome {
  readonly twist: Twist;
  readonly refuses?: Refuses;
  /** Keys stay that nobody could revoke: why. */
  readonly leaves?: string;
}

const scenarios =
  /^token\/signature-verified\/zeros|^regeneration\/(revoked-key-rejected\/head|(old-key-rejected|revocation)-at-once\/write-key|created-key)/;
const long = 'x'.repeat(200_000);
const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

/** A twist of one verb; the others pass. */
const of =
  (verb: string, twist: Twist): Twist =>
  (call) =>
    call.verb === verb ? twist(call) : call.pass();
/** Changes members of an answer. */
const having =
  (change: (call: Call) => object): Twist =>
  (call) =>
    call.pass({ value: { ...call.value, ...change(call) } });
/** Writes an answer below HTTP. */
const raw =
  (write: (socket: NonNullable<Call['outgoing']['socket']>) => unknown): Twist =>
  ({ outgoing }) => {
    const { socket } = outgoing;
    socket?.on('error', () => socket.destroy());
    if (socket) write(socket);
  };
const only =
  (one: string): Refuses =>
  (verb) =>
    verb === one;
const none = { cause: undefined } as const;

const rows: readonly ControlRow[] = [
  {
    does: 'writes a log of JSON around each answer',
    twist: ({ text, pass }) =>
      pass({ text: `{"id":"a","level":"info"}\n${text}\n{"id":"b","level":"warn"}` }),
    exit: 0,
    ...none,
  },
  { does: 'does what it is asked', twist: (call) => call.pass(), exit: 0, ...none },
  // What it says of itself.
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
  // Keys.
  {
    does: 'answers 500 and makes the key',
    twist: of('create-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'answers 302 and makes the key',
    twist: of('create-key', (call) => call.pass({ status: 302 })),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys that are not JWTs',
    twist: of(
      'create-key',
      having(() => ({ key: 'not a key' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys with line breaks',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: `${value.key}\r\nX: y` })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys of 200,000 characters',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: `${value.key}${long}` })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys of another type',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: [value.key] })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys without a project',
    twist: of(
      'create-key',
      having(() => ({ project_id: undefined })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys with a permission that nobody knows',
    twist: of(
      'create-key',
      having(() => ({ permission: '__proto__' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'says that every key is a read key',
    twist: of(
      'create-key',
      having(() => ({ permission: 'read' })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'makes keys whose ids are numbers',
    twist: of(
      'create-key',
      having(() => ({ id: 7 })),
    ),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'makes keys without an id',
    twist: of(
      'create-key',
      having(() => ({ id: undefined })),
    ),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'gives all keys one id',
    twist: of(
      'create-key',
      having(() => ({ id: 'one' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'gives keys ids that lead elsewhere',
    twist: of(
      'create-key',
      having(() => ({ id: '../../v1/items?x#y' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'gives keys ids of a single dot',
    twist: of(
      'create-key',
      having(() => ({ id: '..' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'answers a list of keys',
    twist: of('create-key', (call) => call.pass({ value: [call.value] })),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'answers a key in the middle of noise',
    twist: of('create-key', (call) => call.pass({ text: `warning {\n${call.text}\n{"level":"info"}` })),
    exit: 0,
    ...none,
  },
  {
    does: 'answers a key and then never ends',
    twist: of('create-key', (call) =>
      call.outgoing.writeHead(201, { 'content-length': 99_999 }).write(call.text),
    ),
    exit: 2,
    ...none,
    timeoutMs: 1000,
    leaves: 'no id was told',
  },
  {
    does: 'makes a key and hangs up',
    twist: of('create-key', (call) => call.outgoing.destroy()),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'makes every second key only',
    twist: of('create-key', (call) => call.pass(call.nth % 2 === 0 ? {} : { status: 503 })),
    exit: 2,
    ...none,
  },
  {
    does: 'regenerates no key',
    twist: (call) => call.pass(),
    refuses: only('regenerate-key'),
    exit: 2,
    ...none,
  },
  {
    does: 'answers the old id of a regenerated key',
    twist: of('regenerate-key', (call) => call.pass()),
    exit: 0,
    ...none,
  },
  {
    does: 'answers a regenerated key that is not a JWT',
    twist: of(
      'regenerate-key',
      having(() => ({ key: 'x' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'regenerates and answers 500',
    twist: of('regenerate-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'revokes no key',
    twist: (call) => call.pass(),
    refuses: only('revoke-key'),
    exit: 2,
    ...none,
    leaves: 'it refuses to',
  },
  {
    does: 'revokes and answers 500',
    twist: of('revoke-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'revokes at the second time only',
    twist: (call) => call.pass(),
    refuses: (verb, nth) => verb === 'revoke-key' && nth === 0,
    exit: 2,
    ...none,
  },
  {
    does: 'answers a revocation with 2 MiB',
    twist: of('revoke-key', (call) => call.pass({ status: 200, text: '"'.padEnd(2_000_000) })),
    exit: 2,
    ...none,
  },
  {
    does: 'makes no projects',
    twist: (call) => call.pass(),
    refuses: only('create-project'),
    exit: 2,
    ...none,
  },
  // Answers below HTTP and without an end.
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

function drip(outgoing: Call['outgoing']): void {
  outgoing.writeHead(200);
  const timer = setInterval(() => outgoing.write(' '), 100);
  outgoing.on('close', () => clearInterval(timer));
}

function pour(outgoing: Call['outgoing']): void {
  outgoing.writeHead(201);
  const more = (): void => {
    while (!outgoing.destroyed && outgoing.write(' '.repeat(65_536)));
    if (!outgoing.destroyed) outgoing.once('drain', more);
  };
  more();
}

for (const row of rows) {
  test(`key control that ${row.does} comes to exit ${row.exit}, in time and without a key`, async () => {
    await holdTarget(
      row,
      async () => {
        const target = await startTwisted(row.twist, row.refuses);
        if (row.leaves === undefined) return target;
        return { environment: target.environment, close: target.close };
      },
      scenarios,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}

test('every hostile key control has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(40);
});
