import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { commandControl } from '../../../../harness/engine/key-control/command-control.ts';
import type { Control } from '../../../../harness/engine/key-control/protocol.ts';
import { mostFailures, steady } from '../../../../harness/engine/key-control/steady.ts';
import {
  controlAt,
  madeKey as key,
  controlRefusal as refusal,
  controlToken as token,
} from '../../support/control.ts';
import { json, startServer, startSockets } from '../../support/server.ts';

const description = { implementation: { name: 'x', version: '1' }, features: ['keys'] };
const long = 'x'.repeat(200_000);

/** Writes a Node script that uses its `verb`, and returns the command that runs it. */
function script(body: string): string {
  const folder = test.info().outputDir;
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/control.mjs`;
  writeFileSync(path, `const verb = process.argv.at(-1);\n${body}`);
  return `'${process.execPath}' '${path}'`;
}

const longAnswers: readonly (readonly [what: string, verb: keyof Control, answer: unknown, most: number])[] =
  [
    [
      'implementation.name',
      'describe',
      { ...description, implementation: { name: long, version: '1' } },
      200,
    ],
    [
      'implementation.version',
      'describe',
      { ...description, implementation: { name: 'x', version: long } },
      200,
    ],
    [
      'implementation.url',
      'describe',
      { ...description, implementation: { name: 'x', version: '1', url: long } },
      2000,
    ],
    ['jwks_url', 'describe', { ...description, jwks_url: long }, 2000],
    ['features.0', 'describe', { ...description, features: [long] }, 200],
    ['id', 'createKey', { ...key, id: long }, 1000],
    ['key', 'createKey', { ...key, key: `a.b.${long}` }, 16_384],
    ['project_id', 'createKey', { ...key, project_id: long }, 1000],
    ['id', 'regenerateKey', { ...key, id: long }, 1000],
    ['name', 'createProject', { id: 'p', name: long }, 200],
    ['id', 'createProject', { id: long, name: 'p' }, 1000],
  ];

const call = (control: Control, verb: keyof Control): Promise<unknown> =>
  ({
    describe: () => control.describe(),
    createKey: () => control.createKey({ permission: 'write' }),
    regenerateKey: () => control.regenerateKey('k1'),
    createProject: () => control.createProject('p'),
    revokeKey: () => control.revokeKey('k1'),
    advanceClock: () => control.advanceClock(1),
  })[verb]();

for (const [what, verb, answer, most] of longAnswers) {
  test(`an answer of key control to ${verb} with 200,000 characters in ${what} is refused in one sentence`, async () => {
    const server = await startServer((_seen, response) => json(response, 200, answer));
    try {
      const message = await refusal(call(controlAt(server.url, token), verb));
      expect(message).toContain(`with an unexpected ${what}: it is longer than ${most} characters`);
      expect(message.length).toBeLessThan(200);
    } finally {
      await server.close();
    }
  });
}

test('key control with endless features or another permission is refused in one sentence', async () => {
  const answers = [
    { ...description, features: Array(101).fill('x') },
    { ...key, permission: long },
  ];
  const server = await startServer((_seen, response, index) => json(response, 200, answers[index]));
  try {
    const control = controlAt(server.url, token);
    expect(await refusal(control.describe())).toMatch(/unexpected features: it has more than 100 entries$/);
    expect((await refusal(call(control, 'createKey'))).length).toBeLessThan(200);
  } finally {
    await server.close();
  }
});

const noises: readonly (readonly [what: string, wrap: (document: string) => string])[] = [
  ['a warning before it', (document) => `DeprecationWarning: {old} is old\n${document}`],
  ['a warning on its line', (document) => `loading... ${document}`],
  ['a line behind it', (document) => `${document}\ndone {ok}\n`],
  ['a log of JSON lines around it', (document) => `{"level":"info"}\n${document}\n{"level":"warn"}`],
  ['a byte order mark', (document) => `\ufeff${document}`],
  ['a megabyte of blanks', (document) => ' '.repeat(1_000_000) + document],
  [
    'a warning, spread over lines',
    (document) => `warning: {\n${JSON.stringify(JSON.parse(document), null, 2)}`,
  ],
];

for (const [what, wrap] of noises) {
  test(`a key that key control answers with ${what} is not lost`, async () => {
    const text = wrap(JSON.stringify(key));
    const command = commandControl(script(`process.stdout.write(${JSON.stringify(text)})`));
    expect(await command.createKey({ permission: 'write' })).toEqual(key);
    const server = await startServer((_seen, response) => response.writeHead(201).end(text));
    try {
      expect(await controlAt(server.url, token).createKey({ permission: 'write' })).toEqual(key);
    } finally {
      await server.close();
    }
  });
}

test('a command that prints without end is ended after a mebibyte', async () => {
  const before = process.memoryUsage().rss;
  expect(await refusal(commandControl('yes canary #').describe())).toBe(
    'the key control command writes more than 1 MiB for describe',
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});

test('a command that ends while something else holds its output open does not hold the run', async () => {
  const control = commandControl(`sleep 300 & echo '${JSON.stringify(key)}' #`, { timeoutMs: 2000 });
  expect(await refusal(control.createKey({ permission: 'write' }))).toBe(
    'the key control command did not finish create-key within 2000 ms',
  );
});

test('a command sees where the target is and what is meant for it, and no secret of the suite', async () => {
  const secrets = [
    'MUFI_CERTIFICATE_KEY',
    'MUFI_WRITE_KEY',
    'MUFI_READ_KEY',
    'MUFI_API_KEY',
    'CONFORMANCE_SESSION',
  ];
  const given = ['MUFI_CONTROL_TOKEN', 'MUFI_CONTROL_COMMAND'];
  const body = `const { env } = process;
const names = ${JSON.stringify([...secrets, ...given, 'MUFI_BASE_URL', 'PATH', 'HOME'])}.filter((name) => env[name]);
console.log(JSON.stringify({ id: env.MUFI_BASE_URL, name: names.join() }));`;
  const before = { ...process.env };
  for (const name of [...secrets, ...given]) process.env[name] = 'canary';
  try {
    const control = commandControl(script(body), { baseUrl: 'http://target' });
    const { id, name } = await control.createProject('p');
    expect(id).toBe('http://target');
    expect(name.split(',').sort()).toEqual([...given, 'HOME', 'MUFI_BASE_URL', 'PATH'].sort());
  } finally {
    for (const name of [...secrets, ...given]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test('after several failures in a row key control is not asked any more, but keys are revoked', async () => {
  const server = await startServer(({ method }, response, index) => {
    if (method === 'DELETE') response.writeHead(204).end();
    else if (index === 2) json(response, 201, key);
    else json(response, 500, {});
  });
  try {
    const control = steady(controlAt(server.url, token));
    const results: string[] = [];
    for (let time = 0; time < 12; time += 1) results.push(await refusal(call(control, 'createKey')));
    expect(results[2]).toBe('nothing was refused');
    expect(results.at(-1)).toBe(
      `key control answers create-key with 500; the suite stops using it after ${mostFailures} failures in a row`,
    );
    expect(server.seen.length).toBe(3 + mostFailures);
    await control.revokeKey('k1');
    expect(server.seen.at(-1)?.method).toBe('DELETE');
  } finally {
    await server.close();
  }
});

const head = 'HTTP/1.1 201 Created\r\n';
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

test('key control over HTTP that answers without end is refused in one sentence', async () => {
  const talks: readonly (readonly [answer: (write: (bytes: string | Buffer) => void) => void, RegExp])[] = [
    [
      (write) => write(`${head}Content-Length: 99999999\r\n\r\n${'{"a":"'.padEnd(1_500_000)}`),
      /more than 1 MiB$/,
    ],
    [
      (write) => {
        write(`${head}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
        write(bomb);
      },
      /more than 1 MiB$/,
    ],
    [
      (write) => write(`${head}${`X-Long: ${'x'.repeat(8000)}\r\n`.repeat(140)}`),
      /cannot be read: the header section of the answer is longer than 1 MiB$/,
    ],
    [
      (write) => write('HTTP/1.1 307 -\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
      /with 307$/,
    ],
  ];
  for (const [answer, sentence] of talks) {
    const server = await startSockets((socket, index) => {
      if (index === 0) answer((bytes) => socket.write(bytes));
    });
    try {
      expect(await refusal(call(controlAt(server.url, token), 'createKey'))).toMatch(sentence);
    } finally {
      await server.close();
    }
  }
});

test('key control over HTTP that drips is late, whatever it sends', async () => {
  const timers: NodeJS.Timeout[] = [];
  const server = createServer((_incoming, outgoing) => {
    outgoing.writeHead(200);
    timers.push(setInterval(() => outgoing.write(' '), 20));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const control = controlAt(`http://127.0.0.1:${port}`, token, 500);
    expect(await refusal(control.describe())).toBe('key control did not answer describe within 500 ms');
  } finally {
    for (const timer of timers) clearInterval(timer);
    server.closeAllConnections();
    server.close();
  }
});
