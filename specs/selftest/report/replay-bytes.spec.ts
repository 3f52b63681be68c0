import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { shellCommand, shellOutput, shellVariable } from '../../../harness/engine/evidence/replay-line.ts';
import { rawBytes } from '../../../harness/engine/probe/raw-send.ts';
import { defined } from '../../../harness/model/defined.ts';
import type { WireRequest } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { run } from '../support/cli.ts';
import { startSockets } from '../support/server.ts';

const unescaped = (markup: string): string =>
  markup
    .replaceAll(/&(lt|gt|quot|#39);/g, (_all, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? "'")
    .replaceAll('&amp;', '&');

/** The first replay line, as people copy it. */
const copied: Readonly<Record<string, (report: Report) => string | undefined>> = {
  'the terminal': (report) =>
    /^ {4}replay +(.*)$/m.exec(renderTerminal(report, { color: false, reportPath: 'x', columns: 80 }))?.[1],
  JUnit: (report) => unescaped(/^ {2}replay +(.*)$/m.exec(renderJUnit(report))?.[1] ?? ''),
  'the page': (report) =>
    unescaped(/aria-label="Command that sends it again"><code>([^<]*)</.exec(renderHtml(report))?.[1] ?? ''),
};

/** What a shell sends: the bytes that arrive at a server, up to the end of the body. */
async function sentBy(shell: string, line: (url: string) => string): Promise<string> {
  let bytes = '';
  const server = await startSockets((socket, _index, chunk) => {
    bytes += chunk.toString('latin1');
    const end = bytes.indexOf('\r\n\r\n') + 4;
    const [head, body] = end < 4 ? ['', ''] : [bytes.slice(0, end), bytes.slice(end)];
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const isWhole = /^transfer-encoding/im.test(head) ? /0\r\n\r\n$/.test(body) : body.length >= length;
    if (head !== '' && isWhole) socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  });
  try {
    const command = line(server.url);
    const { stderr } = await run(shell, ['-c', command], {
      environment: { MUFI_WRITE_KEY: 'a.b.c', LC_ALL: 'C.UTF-8' },
    });
    expect(stderr).toBe('');
    return bytes;
  } finally {
    await server.close();
  }
}

const key = shellVariable('MUFI_WRITE_KEY', 'a write key');
const rows: readonly (readonly [what: string, header: string, sent: string])[] = [
  ['a tab', `Bearer\t${key}`, 'Bearer\ta.b.c'],
  ['a no-break space', `Bearer\u00a0${key}`, 'Bearer\u00a0a.b.c'],
  ['two spaces', `Bearer  ${key}`, 'Bearer  a.b.c'],
  ['bytes of a zero-width space', `Bearer \u00e2\u0080\u008b${key}`, 'Bearer \u00e2\u0080\u008ba.b.c'],
  ['letters with accents', `Bearer Zo\u00eb ${key}`, 'Bearer Zo\u00eb a.b.c'],
  ['a made key behind a tab', `Bearer\t${shellOutput("printf '%s' 'm\\a%de'")}`, 'Bearer\tm\\a%de'],
  [
    'percent signs, quotes and a backslash',
    `a\t%d%%'"\\n\`id\` $HOME ${key}`,
    `a\t%d%%'"\\n\`id\` $HOME a.b.c`,
  ],
  ['a digit behind a byte', `Bearer\u00a01${key}`, 'Bearer\u00a01a.b.c'],
];

test.skip(spawnSync('curl', ['--version']).error !== undefined, 'curl is not installed');

for (const [where, copy] of Object.entries(copied)) {
  for (const [what, header, sent] of rows) {
    test(`a line copied from ${where} sends ${what} byte by byte`, async () => {
      const body = '{"name":"Zo\u00eb \u2603  \u00a0\t"}';
      for (const lines of [undefined, ['X-Raw:  \t1']]) {
        for (const shell of ['sh', 'bash']) {
          const bytes = await sentBy(shell, (url) => {
            const request: WireRequest = {
              method: 'POST',
              url: `${url}/v1/x`,
              headers: [['Authorization', header]],
              body,
              ...defined({ lines }),
            };
            const replay = shellCommand(request);
            const report = sampleReport('failing');
            const line = copy({ ...report, exchanges: report.exchanges.map((one) => ({ ...one, replay })) });
            expect(line).toMatch(/^[!-~]+( [!-~]+)+$/);
            return line ?? '';
          });
          const [head = '', content] = bytes.split('\r\n\r\n');
          expect(head.split('\r\n')).toContain(`Authorization: ${sent}`);
          if (lines !== undefined) expect(head.split('\r\n')).toContain('X-Raw:  \t1');
          expect(content).toBe(Buffer.from(body).toString('latin1'));
        }
      }
    });
  }
}

test('what curl cannot send goes through a socket', async () => {
  for (const request of [
    { method: 'POST', headers: [['Authorization', '  ']], body: '{}' },
    { method: 'POST', headers: [], body: 'ends with a line\n' },
    { method: 'POST', headers: [], body: 'a zero \u0000 byte' },
    { method: 'HEAD', headers: [['X', 'y']], body: '{}' },
    ...(['chunked', 'identity', 'gzip', 'x-gzip', 'deflate', 'br', 'zstd'] as const).map((coding) => ({
      method: 'POST',
      headers: [],
      body: '{"name":"Zoë"}',
      coding,
    })),
  ] as const) {
    let url = '';
    const bytes = await sentBy('sh', (at) => {
      url = `${at}/v1/x`;
      return shellCommand({ ...request, url });
    });
    const raw = rawBytes({ ...request, url }, 'id', 'agent').toString('latin1');
    expect(bytes).toBe(raw.replace('User-Agent: agent\r\nX-Request-Id: id\r\n', ''));
  }
});

test('a request without a body says so if its method may have one', async () => {
  const bytes = await sentBy('sh', (url) =>
    shellCommand({ method: 'POST', url: `${url}/v1/x`, headers: [] }),
  );
  expect(bytes.match(/^content-length:.*$/gim)).toEqual(['Content-Length: 0']);
});

for (const lines of [undefined, ['X-Raw: 1']]) {
  test(`two requests go over one connection, ${lines === undefined ? 'by curl' : 'as raw bytes'}`, async () => {
    const sockets: unknown[] = [];
    const heads: string[] = [];
    const server = await startSockets((socket, _index, chunk) => {
      const text = chunk.toString('latin1');
      if (!sockets.includes(socket)) sockets.push(socket);
      heads.push(text);
      const close = /^connection: close/im.test(text) || heads.length === 2;
      socket.write(`HTTP/1.1 204 No Content\r\n${close ? 'Connection: close\r\n' : ''}\r\n`);
      if (close) socket.end();
    });
    try {
      const request = (value: string): WireRequest => ({
        method: 'GET',
        url: `${server.url}/v1/version`,
        headers: [['Authorization', value]],
        ...defined({ lines }),
      });
      const line = shellCommand(request(`Bearer ${shellOutput('echo A.B.C')}`), request(`Bearer ${key}`));
      const { stderr } = await run('sh', ['-c', line], { environment: { MUFI_WRITE_KEY: 'a.b.c' } });
      expect(stderr).toBe('');
      expect(heads.map((head) => /^authorization: (.*)$/im.exec(head)?.[1])).toEqual([
        'Bearer a.b.c',
        'Bearer A.B.C',
      ]);
      expect(sockets.length).toBe(1);
    } finally {
      await server.close();
    }
  });
}
