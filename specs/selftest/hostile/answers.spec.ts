import { expect, test } from '@playwright/test';
import { bomb, type HostileRow, holdTo, http } from '../support/hostile.ts';

test.describe.configure({ timeout: 60_000 });

const endless = (chunk: string) => (write: (bytes: string) => void) => {
  for (let times = 0; times < 64; times += 1) write(chunk.repeat(1024));
};
const ok = http('200 OK');

const rows: readonly HostileRow[] = [
  { does: 'says nothing', answer: () => undefined, exit: 2, cause: /cannot be tested/ },
  { does: 'resets', answer: (_write, end) => end(true), exit: 2, cause: /cannot be tested/ },
  { does: 'closes at once', answer: (_write, end) => end(), exit: 2, cause: /cannot be tested/ },
  { does: 'sends garbage', answer: 'garbage\r\n\r\n', exit: 2, cause: /cannot be tested/ },
  {
    does: 'sends half a status line',
    answer: (write, end) => {
      write('HTTP/1.1 2');
      end();
    },
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'answers in HTTP/2',
    answer: Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
    exit: 2,
    cause: /cannot be tested/,
  },
  { does: 'speaks SSH', answer: 'SSH-2.0-OpenSSH_9\r\n', exit: 2, cause: /cannot be tested/ },
  {
    does: 'sends a TLS alert',
    answer: Buffer.from([21, 3, 1, 0, 2, 2, 80]),
    exit: 2,
    cause: /cannot be tested/,
  },
  {
    does: 'promises more than it sends',
    answer: (write, end) => {
      write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}');
      end();
    },
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends a chunk without end',
    answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n{',
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends a chunk size that is no number',
    answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    exit: 2,
    cause: /./,
  },
  {
    does: 'names two lengths',
    answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    exit: 2,
    cause: /./,
  },
  {
    does: 'names a length and chunks',
    answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    exit: 2,
    cause: /./,
  },
  { does: 'sends 100 without end', answer: endless('HTTP/1.1 100 Continue\r\n\r\n'), exit: 2, cause: /./ },
  {
    does: 'sends 103 without end',
    answer: endless('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'),
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends headers without end',
    answer: (write) => {
      write('HTTP/1.1 200 OK\r\n');
      endless('X: y\r\n')(write);
    },
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends a zero byte in a header',
    answer: 'HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 2\r\n\r\n{}',
    exit: 1,
    cause: undefined,
  },
  { does: 'answers 200 to everything', answer: ok, exit: 1, cause: undefined },
  { does: 'answers 204 to everything', answer: 'HTTP/1.1 204 No Content\r\n\r\n', exit: 2, cause: /./ },
  {
    does: 'answers 301 to everything',
    answer: http('301 Moved', '', 'Location: http://127.0.0.1:9/steal'),
    exit: 2,
    cause: /./,
  },
  {
    does: 'answers 401 to everything',
    answer: http('401 Unauthorized', '{}', 'WWW-Authenticate: Bearer'),
    exit: 2,
    cause: /./,
  },
  { does: 'answers 403 to everything', answer: http('403 Forbidden'), exit: 2, cause: /./ },
  { does: 'answers 404 to everything', answer: http('404 Not Found'), exit: 2, cause: /./ },
  {
    does: 'answers 407 to everything',
    answer: http('407 Proxy Authentication Required'),
    exit: 2,
    cause: undefined,
  },
  { does: 'answers 418 to everything', answer: http("418 I'm a teapot"), exit: 2, cause: undefined },
  { does: 'answers 500 to everything', answer: http('500 Internal Server Error'), exit: 2, cause: /./ },
  { does: 'answers 502 to everything', answer: http('502 Bad Gateway', '<html>'), exit: 2, cause: /./ },
  { does: 'answers 599 to everything', answer: http('599 Odd'), exit: 2, cause: /./ },
  { does: 'answers 999 to everything', answer: http('999 Odd'), exit: 2, cause: /./ },
  {
    does: 'sends HTML',
    answer: http('200 OK', '<!doctype html><title>x</title>', 'X-Powered-By: x'),
    exit: 2,
    cause: /./,
  },
  {
    does: 'wants HTTPS and says so in a text',
    answer: (write, end) => {
      write('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
      end();
    },
    exit: 2,
    cause: /with 400 and the text "Client sent an HTTP request to an HTTPS server\."; check the scheme/,
  },
  {
    does: 'refuses everything with a page',
    answer: http('400 Bad Request', '<html><title>400</title><h1>Bad Request</h1></html>'),
    exit: 2,
    cause: /the text "400 Bad Request"; check the scheme/,
  },
  { does: 'sends a gzip bomb', answer: http('200 OK', bomb, 'Content-Encoding: gzip'), exit: 2, cause: /./ },
  {
    does: 'sends broken gzip',
    answer: http('200 OK', 'not gzip', 'Content-Encoding: gzip'),
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends a coding that nobody knows',
    answer: http('200 OK', '{}', 'Content-Encoding: lzma'),
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends JSON that is nested 100,000 deep',
    answer: http('200 OK', '['.repeat(100_000) + ']'.repeat(100_000)),
    exit: 1,
    cause: undefined,
  },
  {
    does: 'sends a body that is not UTF-8',
    answer: http('200 OK', Buffer.from([0xff, 0xfe, 0xfd])),
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends a body of 8 MiB',
    answer: http('200 OK', `"${'x'.repeat(8 * 1024 * 1024)}"`),
    exit: 2,
    cause: /./,
  },
  {
    does: 'sends escapes for terminals',
    answer: http('200 \u001b[2J', '"\u001b]0;x\u0007\u009b2J"', 'Server: \u001b[31m'),
    exit: 2,
    cause: /./,
  },
  { does: 'sends two answers for each request', answer: Buffer.concat([ok, ok]), exit: 1, cause: undefined },
];

/** One status for everything, and whether that gives a single cause or a reason for each scenario. */
const statuses: readonly (readonly [status: number, exit: 1 | 2, one: boolean])[] = [
  [201, 1, false],
  [206, 1, false],
  [302, 2, true],
  [307, 2, true],
  [308, 2, true],
  [400, 2, false],
  [402, 2, false],
  [405, 2, true],
  [409, 2, false],
  [410, 2, false],
  [415, 2, false],
  [422, 2, false],
  [425, 2, false],
  [426, 2, false],
  [428, 2, false],
  [431, 2, false],
  [451, 2, false],
  [501, 2, true],
  [504, 2, true],
  [511, 2, true],
];
for (const [status, exit, one] of statuses) {
  const row = { does: '', answer: http(`${status} Odd`), exit, cause: one ? /./ : undefined };
  test(`a target that answers ${status} and nothing else comes to exit ${exit}`, () => holdTo(row));
}

for (const row of rows) {
  test(`a target that ${row.does} comes to exit ${row.exit}, in time and without a key`, () => holdTo(row));
}

test('every hostile answer has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(30);
});
