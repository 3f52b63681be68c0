import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { commandControl } from '../../../../harness/engine/key-control/command-control.ts';
import { type Control, ControlError } from '../../../../harness/engine/key-control/protocol.ts';
import { controlAt } from '../../support/control.ts';
import { fakeKey, leaked } from '../../support/keys.ts';
import { type Answer, closedUrl, json, startServer, type TestServer } from '../../support/server.ts';

const token = 'canary-token-7f3a9c21';
const key = fakeKey();
const answers = {
  describe: {
    implementation: { name: 'x', version: '1', url: 'http://x' },
    features: ['keys'],
    jwks_url: 'http://j',
  },
  project: { id: 'p1', name: 'conformance' },
  key: { id: 'k1', key, project_id: 'p1', permission: 'write' },
  clock: { now: 1_900_000_000 },
} as const;

let server: TestServer | undefined;
test.afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function withServer(answer: Answer, timeoutMs = 10_000): Promise<Control> {
  server = await startServer(answer);
  return controlAt(`${server.url}/control`, token, timeoutMs);
}

/** Every verb once, by its name. */
const verbs: Readonly<Record<string, (control: Control) => Promise<unknown>>> = {
  describe: (control) => control.describe(),
  'create-project': (control) => control.createProject('conformance'),
  'create-key': (control) => control.createKey({ permission: 'write', project_id: 'p1', expires_in: 60 }),
  'regenerate-key': (control) => control.regenerateKey('k/1?x'),
  'revoke-key': (control) => control.revokeKey('k/1?x'),
  'advance-clock': (control) => control.advanceClock(3600),
};
const wanted: Readonly<Record<string, unknown>> = {
  describe: answers.describe,
  'create-project': answers.project,
  'create-key': answers.key,
  'regenerate-key': answers.key,
  'revoke-key': undefined,
  'advance-clock': answers.clock.now,
};

/** The message that rejects a call: our words, without a cause, a key or a token. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ControlError);
  const { message, cause, stack = '' } = error as ControlError;
  expect(cause).toBeUndefined();
  expect([...leaked(message + stack, token), ...leaked(message + stack, key)]).toEqual([]);
  expect(message + stack).not.toContain('canary');
  return message;
}

test('over HTTP every verb is one request under the token, and its answer is read', async () => {
  const control = await withServer(({ method, path }, response) => {
    if (method === 'DELETE') response.writeHead(204).end();
    else if (path.endsWith('/projects')) json(response, 201, { ...answers.project, more: 1 });
    else if (path.endsWith('/keys')) json(response, 201, answers.key);
    else if (path.endsWith('/regenerate')) json(response, 200, answers.key);
    else if (path.endsWith('/clock')) json(response, 200, answers.clock);
    else json(response, 200, answers.describe);
  });
  for (const [verb, call] of Object.entries(verbs)) expect(await call(control), verb).toEqual(wanted[verb]);
  const sent = server!.seen.map(({ method, path, headers, body }) => [
    `${method} ${path}`,
    headers.authorization,
    headers['content-type'],
    body === '' ? undefined : JSON.parse(body),
  ]);
  expect(new Set(server!.seen.map(({ headers }) => headers['user-agent']))).toEqual(
    new Set(['conformance/1.0']),
  );
  const bearer = `Bearer ${token}`;
  const type = 'application/json';
  expect(sent).toEqual([
    ['GET /control/', bearer, undefined, undefined],
    ['POST /control/projects', bearer, type, { name: 'conformance' }],
    ['POST /control/keys', bearer, type, { permission: 'write', project_id: 'p1', expires_in: 60 }],
    ['POST /control/keys/k%2F1%3Fx/regenerate', bearer, undefined, undefined],
    ['DELETE /control/keys/k%2F1%3Fx', bearer, undefined, undefined],
    ['POST /control/clock', bearer, type, { advance_by: 3600 }],
  ]);
});

for (const [verb, call] of Object.entries(verbs)) {
  test(`over HTTP a refused ${verb} is named with its status, and the token is pointed at for 401`, async () => {
    let status = 401;
    const control = await withServer((_seen, response) => json(response, status, { error: `canary ${key}` }));
    expect(await refusal(call(control))).toBe(
      `key control answers ${verb} with 401; check MUFI_CONTROL_TOKEN`,
    );
    for (status of [302, 400, 403, 404, 500]) {
      expect(await refusal(call(control))).toBe(`key control answers ${verb} with ${status}`);
    }
  });
}

test('a redirect of key control is not followed, so the token goes nowhere else', async () => {
  const elsewhere = await startServer((_seen, response) => json(response, 200, answers.describe));
  const control = await withServer((_seen, response) =>
    response.writeHead(307, { location: `${elsewhere.url}/` }).end(),
  );
  try {
    expect(await refusal(control.describe())).toBe('key control answers describe with 307');
    expect(elsewhere.seen).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

const shapes: readonly (readonly [verb: string, answer: unknown, sentence: string])[] = [
  ['describe', {}, 'unexpected implementation: Invalid input: expected object, received undefined'],
  [
    'describe',
    { ...answers.describe, features: 'keys' },
    'unexpected features: Invalid input: expected array, received string',
  ],
  [
    'describe',
    { ...answers.describe, features: [7] },
    'unexpected features.0: Invalid input: expected string, received number',
  ],
  ['describe', null, 'unexpected the answer: Invalid input: expected object, received null'],
  ['create-project', { name: 'x' }, 'unexpected id: Invalid input: expected string, received undefined'],
  [
    'create-key',
    { ...answers.key, key: 5 },
    'unexpected key: Invalid input: expected string, received number',
  ],
  ['create-key', { ...answers.key, key: 'canary.canary.' }, 'unexpected key: it is not a signed JWT'],
  [
    'create-key',
    { ...answers.key, permission: 'canary' },
    'unexpected permission: Invalid option: expected one of "read"|"write"',
  ],
  ['regenerate-key', [answers.key], 'unexpected the answer: Invalid input: expected object, received array'],
  ['advance-clock', { now: key }, 'unexpected now: Invalid input: expected number, received string'],
];

for (const [verb, answer, what] of shapes) {
  test(`an answer to ${verb} is refused for an ${what}`, async () => {
    const info = test.info();
    const sentence = `key control answers ${verb} with an ${what}`;
    const control = await withServer((_seen, response) => json(response, 200, answer));
    expect(await refusal(verbs[verb]!(control))).toBe(sentence);
    const command = script(info.outputDir, `console.log(${JSON.stringify(JSON.stringify(answer))})`);
    expect(await refusal(verbs[verb]!(commandControl(command)))).toBe(sentence);
  });
}

test('over HTTP an answer that is no JSON, or none at all, is refused', async () => {
  const bodies = ['<html>canary</html>', '', '{"key":"canary'];
  const control = await withServer((_seen, response, index) => response.writeHead(200).end(bodies[index]));
  for (const _body of bodies) {
    expect(await refusal(control.createKey({ permission: 'read' }))).toBe(
      'key control answers create-key with something that is not JSON',
    );
  }
  await server!.close();
  const silent = await withServer((_seen, response) => response.writeHead(204).end());
  expect(await refusal(silent.regenerateKey('k1'))).toBe(
    'key control answers regenerate-key with an unexpected the answer: Invalid input: expected object, received undefined',
  );
});

test('over HTTP an answer that does not come, or stops in the middle, is a timeout', async () => {
  const control = await withServer((_seen, response, index) => {
    if (index > 0) response.writeHead(200, { 'content-length': 99 }).write('{"id":');
  }, 200);
  const sentence = 'key control did not answer create-key within 200 ms';
  expect(await refusal(control.createKey({ permission: 'read' }))).toBe(sentence);
  expect(await refusal(control.createKey({ permission: 'read' }))).toBe(sentence);
});

test('over HTTP a server that is not there or hangs up cannot be reached', async () => {
  const nobody = controlAt(await closedUrl(), token);
  const rude = await withServer((_seen, response) => response.destroy());
  for (const control of [nobody, rude]) {
    expect(await refusal(control.describe())).toBe(
      'key control at MUFI_CONTROL_URL cannot be reached for describe',
    );
  }
});

/** Writes a Node script that uses its `verb` and `input`, and returns the command that runs it. */
function script(folder: string, body: string, name = 'control.mjs'): string {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}`;
  const head = `import { readFileSync, writeFileSync, appendFileSync } from 'node:fs';
const verb = process.argv.at(-1);
const input = readFileSync(0, 'utf8');\n`;
  writeFileSync(path, head + body);
  return `'${process.execPath}' '${path}'`;
}

test('a command gets every verb as its last argument and JSON on standard input', async () => {
  const info = test.info();
  const log = info.outputPath('log');
  const byVerb = {
    describe: answers.describe,
    'create-project': answers.project,
    'create-key': answers.key,
    'regenerate-key': answers.key,
    'advance-clock': answers.clock,
  };
  const body = `appendFileSync(${JSON.stringify(log)}, JSON.stringify([process.argv.slice(2), JSON.parse(input)]) + '\\n');
const answer = ${JSON.stringify(byVerb)}[verb];
if (answer !== undefined) console.log('\\n ' + JSON.stringify(answer, null, 2));`;
  const control = commandControl(`${script(info.outputDir, body)} "an argument"`);
  for (const [verb, call] of Object.entries(verbs)) expect(await call(control), verb).toEqual(wanted[verb]);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    [['an argument', 'describe'], {}],
    [['an argument', 'create-project'], { name: 'conformance' }],
    [['an argument', 'create-key'], { permission: 'write', project_id: 'p1', expires_in: 60 }],
    [['an argument', 'regenerate-key'], { id: 'k/1?x' }],
    [['an argument', 'revoke-key'], { id: 'k/1?x' }],
    [['an argument', 'advance-clock'], { advance_by: 3600 }],
  ]);
});

test('a command that ends badly is named with its exit code, and what it wrote is not shown', async () => {
  const info = test.info();
  const noise = `console.log('canary ${key}'); console.error('canary ${key}');`;
  const failing = commandControl(script(info.outputDir, `${noise} process.exit(7);`));
  for (const [verb, call] of Object.entries(verbs)) {
    expect(await refusal(call(failing))).toBe(`the key control command ends ${verb} with exit code 7`);
  }
  const missing = commandControl('/no/such/canary');
  expect(await refusal(missing.describe())).toBe('the key control command ends describe with exit code 127');
  const killed = commandControl('kill -9 $$ #');
  expect(await refusal(killed.describe())).toBe(
    'the key control command was ended by SIGKILL during describe',
  );
  const chatty = commandControl(script(info.outputDir, noise, 'chatty.mjs'));
  expect(await refusal(chatty.describe())).toBe(
    'the key control command answers describe with something that is not JSON',
  );
  const silent = commandControl('true');
  expect(await refusal(silent.describe())).toBe(
    'key control answers describe with an unexpected the answer: Invalid input: expected object, received undefined',
  );
});

test('a command that reads nothing and one that writes a lot are both heard out', async () => {
  const info = test.info();
  const body = `process.stdout.write(' '.repeat(1_000_000) + ${JSON.stringify(JSON.stringify(answers.describe))});`;
  expect(await commandControl(script(info.outputDir, body)).describe()).toEqual(answers.describe);
  const project = `echo '${JSON.stringify(answers.project)}' #`;
  expect(await commandControl(project).createProject('x'.repeat(300_000))).toEqual(answers.project);
});

for (const [how, prefix] of [
  ['alone', ''],
  ['behind another', 'cd . && '],
] as const) {
  test(`a command ${how} that does not end in time is stopped`, async () => {
    const info = test.info();
    const [pidFile, slow] = [info.outputPath('pid'), info.outputPath('slow.sh')];
    mkdirSync(info.outputDir, { recursive: true });
    writeFileSync(slow, `echo $$ > '${pidFile}'\nsleep 600\n`);
    const control = commandControl(`${prefix}sh '${slow}'`, { timeoutMs: 1_500 });
    expect(await refusal(control.describe())).toBe(
      'the key control command did not finish describe within 1500 ms',
    );
    const pid = Number(readFileSync(pidFile, 'utf8'));
    const alive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    try {
      await expect.poll(alive).toBe(false);
    } finally {
      if (alive()) process.kill(pid, 'SIGKILL');
    }
  });
}
