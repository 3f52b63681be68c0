import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { shellCommand, shellOutput, shellVariable } from '../../../../harness/engine/evidence/replay-line.ts';
import { rawBytes } from '../../../../harness/engine/probe/raw-send.ts';
import { defined } from '../../../../harness/model/defined.ts';
import type { WireRequest } from '../../../../harness/model/index.ts';
import { json, startServer } from '../../support/server.ts';

const run = promisify(execFile);
const hostile = [
  `it's "quoted" and 'quoted'`,
  `$HOME $\{HOME} $(id) \`id\` $((1+1))`,
  'back\\slash \\n \\\\ \\0101 %s %d %%',
  'two\nlines\n\n$(touch x)\n.',
  '; rm -rf x & x | x > x < x * ? ~ ! # [a-z] {a,b}',
  "'",
  "'; id; '",
  '"; id; "',
  '--data @/etc/hostname',
  '@/etc/hostname',
  'Zoë \u2603 \u{1f600}',
  '\t tab and spaces  ',
  '',
];
const environment = { ...process.env, MUFI_WRITE_KEY: `k'e"y $HOME \`id\` \\ *` };

const writeKey = shellVariable('MUFI_WRITE_KEY', 'a write key');

/** The arguments that a shell passes to curl, byte by byte. */
function argumentsOf(command: string): string[] {
  const curl = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }`;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${curl}\n${command}`], { env: environment });
  expect([status, stderr.toString()]).toEqual([0, '']);
  return stdout.toString('latin1').split('\0').slice(0, -1);
}

/** A text in UTF-8, and a header field, which Node sends as Latin-1, each with one character per byte. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const field = (text: string): string => text.replaceAll(/[^\u0000-\u00ff]/gu, utf8);

const common = ['-sS', '-i', '--path-as-is', '--globoff'];

for (const value of hostile) {
  test(`a shell hands ${JSON.stringify(value)} on as it is, beside an expression too`, () => {
    const header = value.replaceAll('\n', ' ');
    const request = (text: string, more: string): WireRequest => ({
      method: 'POST',
      url: `http://host/v1/${header}${more}`,
      headers: [['X-Value', `${header}${more}`]],
      body: `${text}${more}`,
    });
    const expected = (more: string): string[] => [
      ...common,
      '-X',
      'POST',
      utf8(`http://host/v1/${header}${more}`),
      '-H',
      header + more === '' ? 'X-Value;' : field(`X-Value: ${header}${more}`),
      '-H',
      'Content-Type:',
      '--data-raw',
      utf8(`${value}${more}`),
    ];
    expect(argumentsOf(shellCommand(request(value, '')))).toEqual(expected(''));
    const named = shellCommand(request(value, writeKey));
    expect(argumentsOf(named)).toEqual(expected(environment.MUFI_WRITE_KEY));
    const made = shellCommand(request(value, shellOutput(`printf '%s' "made \\"x\\""`)));
    expect(argumentsOf(made)).toEqual(expected('made "x"'));
  });
}

test('the method, an empty header and a missing body are said in the words of curl', () => {
  const request = { url: 'http://host/', headers: [['Authorization', '']] as const };
  expect(shellCommand({ ...request, method: 'GET' })).toBe(
    `curl -sS -i --path-as-is --globoff -X GET 'http://host/' -H 'Authorization;'`,
  );
  expect(shellCommand({ ...request, headers: [], method: 'HEAD' })).toBe(
    `curl -sS -i --path-as-is --globoff --head 'http://host/'`,
  );
  expect(argumentsOf(shellCommand({ ...request, method: 'OPTIONS', body: '' }))).toEqual([
    ...common,
    '-X',
    'OPTIONS',
    'http://host/',
    '-H',
    'Authorization;',
    '-H',
    'Content-Type:',
    '--data-raw',
    '',
  ]);
});

/** How a shell with these variables ends, if curl and netcat would report that they were started. */
function endOf(command: string, variables: Record<string, string> = {}) {
  const senders = ['curl', 'nc'].map((name) => `${name}() { echo sent; }`);
  const { PATH } = process.env;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${senders.join('\n')}\n${command}`], {
    encoding: 'utf8',
    env: { ...defined({ PATH }), ...variables },
  });
  return { sent: stdout.trim(), stderr, failed: status !== 0 };
}

for (const [how, lines] of [
  ['through curl', undefined],
  ['as raw bytes', ['A: b']],
] as const) {
  const request = (text: string): string =>
    shellCommand({
      method: 'GET',
      url: `http://host/?key=${text}`,
      headers: [['Authorization', `Bearer ${text}`]],
      ...defined({ lines }),
    });

  test(`nothing is sent ${how} if a variable is not set, and the shell says what it needs`, () => {
    const command = request(shellVariable('PREPARED_KEY', "a key that's been {made} $(id) for this"));
    expect(endOf(command, { PREPARED_KEY: 'x' })).toEqual({ sent: 'sent', stderr: '', failed: false });
    for (const variables of [{}, { PREPARED_KEY: '' }]) {
      const { stderr, ...rest } = endOf(command, variables as Record<string, string>);
      expect(rest).toEqual({ sent: '', failed: true });
      expect(stderr).toContain('PREPARED_KEY: needs a key thats been made id for this');
    }
  });

  test(`nothing is sent ${how} if a key cannot be made`, () => {
    const command = (made: string) => request(shellOutput(made));
    expect(endOf(command('echo x'))).toEqual({ sent: 'sent', stderr: '', failed: false });
    expect(endOf(command('echo x; false'))).toEqual({ sent: '', stderr: '', failed: true });
  });
}

test('each key is made once, however often it is sent', () => {
  const [one, other] = [shellOutput('forge a'), shellOutput('forge b')];
  const request = {
    method: 'GET',
    url: `http://host/?a=${one}`,
    headers: [['X', `${one} ${other}`]] as const,
  };
  expect(shellCommand(request)).toBe(
    `key=$(forge a) && key2=$(forge b) && curl -sS -i --path-as-is --globoff -X GET "http://host/?a=$\{key}" -H "X: $\{key} $\{key2}"`,
  );
});

test('curl sends what the suite sent', async () => {
  test.skip(spawnSync('curl', ['--version']).error !== undefined, 'curl is not installed');
  const server = await startServer((_seen, response) => json(response, 200, {}));
  try {
    for (const value of hostile) {
      const printable = encodeURIComponent(value);
      const header = value.replaceAll(/[^ -~]/g, ' ').trim();
      const request: WireRequest = {
        method: 'PUT',
        url: `${server.url}/v1/./x//y?a=[1-2]&b={c,d}&e=${printable}`,
        headers: [
          ['Content-Type', 'application/json'],
          ['Authorization', ''],
          ['X-Value', `v ${header}`],
          ['X-Key', writeKey],
        ],
        body: value,
      };
      await run('sh', ['-c', shellCommand(request)], { env: environment });
      const { method, path, headers, body } = server.seen.at(-1)!;
      expect([method, path, body]).toEqual(['PUT', request.url.slice(server.url.length), value]);
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        authorization: '',
        'x-value': `v ${header}`.trim(),
        'x-key': environment.MUFI_WRITE_KEY,
      });
    }
    expect(server.seen.length).toBe(hostile.length);
  } finally {
    await server.close();
  }
});

/** The bytes that a shell pipes into netcat or OpenSSL. */
function bytesOf(command: string): Buffer {
  const [printing = '', sending] = command.split(/ \| (?=[^|]*$)/);
  expect(sending).toMatch(/^(nc|openssl s_client -quiet -connect) [\w.:-]+( \d+)?$/);
  const { stdout, stderr, status } = spawnSync('sh', ['-c', printing], { env: environment });
  expect([status, stderr.toString()]).toEqual([0, '']);
  return stdout;
}

for (const [what, lines, trailer] of [
  ['two lines', ['Authorization: Bearer a', 'Authorization: Bearer b'], undefined],
  ['a zero byte', ['Authorization: Bearer a\u0000'], undefined],
  ['control bytes', ['\u0001Authorization: \u0002Bearer a\u0001', 'X: \u007f\t \u00a0'], undefined],
  ['a carriage return and a folded line', ['A: b\rC: d', 'E:\r\n f'], undefined],
  ['backslashes and quotes', ['A: \\n \\0101 \\\\', `B: ' " $HOME \`id\` %s`], undefined],
  ['a trailer', [], 'Authorization: Bearer \\a'],
] as const) {
  for (const body of [undefined, '{"name":"Zoë \\n \\"x\\" %s"}']) {
    test(`a shell pipes ${what} ${body === undefined ? 'without' : 'with'} a body byte by byte`, () => {
      const request = (key: string): WireRequest => ({
        method: 'POST',
        url: `http://host.example:8080/v1/x//y;z='?a=%00`,
        headers: [['X-Key', key]],
        lines: [...lines, `X-Again: ${key}`],
        ...defined({ body, trailer }),
      });
      const sent = rawBytes(request('PLAIN'), 'id', 'agent')
        .toString('latin1')
        .replace('User-Agent: agent\r\nX-Request-Id: id\r\n', '');
      const plain = bytesOf(shellCommand(request('PLAIN'))).toString('latin1');
      expect(plain).toBe(sent);
      const env = { ...environment, MUFI_WRITE_KEY: 'PLAIN' };
      const [printing = ''] = shellCommand(request(writeKey)).split(/ \| (?=[^|]*$)/);
      expect(spawnSync('sh', ['-c', printing], { env }).stdout.toString('latin1')).toBe(sent);
    });
  }
}

test('raw bytes go through OpenSSL if the target speaks TLS', () => {
  const request = { method: 'GET', headers: [], lines: ['A: b'] };
  const end = (url: string): string | undefined =>
    shellCommand({ ...request, url })
      .split(' | ')
      .at(-1);
  expect(end('https://host.example/x')).toBe('openssl s_client -quiet -connect host.example:443');
  expect(end('https://host.example:8443/x')).toBe('openssl s_client -quiet -connect host.example:8443');
  expect(end('http://host.example/x')).toBe('nc host.example 80');
});
