import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from '@playwright/test';
import { readPresses } from '../../../harness/cli/presses.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { cli, linesOf, reportIn, startRecorder, startTyped } from '../support/cli.ts';
import { listening } from '../support/server.ts';

test.describe.configure({ timeout: 300_000 });

const some = ['-g', '^token/signature-verified/(zeros|ones)', '--depth', 'quick'];
const askFailed = 'Enter: run again what failed or could not be decided; q: end.';
const askAll = 'Enter: run everything again; q: end.';

/** A run that waits: what it prints, and which keys are pressed. */
function watching(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = startTyped(['run', '--watch', ...args], { environment });
  let [stdout, stderr] = ['', ''];
  let asked = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const end = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    end,
    press: (keys: string) => child.stdin.write(keys),
    output: () => stdout,
    errors: () => stderr,
    /** The question after the next run. */
    async next(): Promise<string> {
      const asks = () => linesOf(stdout).filter((line) => line.startsWith('Enter: '));
      await expect.poll(() => asks().length > asked, { timeout: 120_000, message: stderr }).toBe(true);
      asked += 1;
      return asks()[asked - 1] ?? '';
    },
  };
}

/** A server in front of the reference that treats every key as the write key, until it is fixed. */
async function gullible(reference: Reference) {
  let isFixed = false;
  const live = [reference.keys.write, reference.keys.read].map((key) => `Bearer ${key}`);
  const front = createServer((incoming, outgoing) => {
    const { authorization, ...headers } = incoming.headers;
    const isBad = authorization !== undefined && !live.includes(authorization) && !isFixed;
    const key = isBad ? `Bearer ${reference.keys.write}` : authorization;
    const onward = request(reference.url, {
      path: incoming.url ?? '/',
      method: incoming.method ?? 'GET',
      headers: { ...headers, ...(key === undefined ? {} : { authorization: key }) },
    });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const { url, close } = await listening(front);
  return { url, close, fix: () => (isFixed = true) };
}

const keysOf = ({ keys }: Reference) => ({ MUFI_WRITE_KEY: keys.write, MUFI_READ_KEY: keys.read });

test('each Enter runs what failed again, everything once nothing fails, and q ends with the last exit code', async () => {
  const out = test.info().outputPath('report');
  const reference = await startReference();
  const server = await gullible(reference);
  const run = watching([...some, '--out', out], { MUFI_BASE_URL: server.url, ...keysOf(reference) });
  expect(await run.next()).toBe(askFailed);
  expect((await reportIn(out)).verdict).toBe('nonconformant');
  run.press('\n');
  expect(await run.next()).toBe(askFailed);
  expect(await reportIn(out)).toMatchObject({
    verdict: 'nonconformant',
    options: { selection: `--last-failed -g ${some[1]}` },
  });
  server.fix();
  run.press('\n');
  expect(await run.next()).toBe(askAll);
  expect((await reportIn(out)).verdict).toBe('partial');
  run.press('\n');
  await run.next();
  expect((await reportIn(out)).options.selection).toBe(some[1]);
  run.press('q');
  expect(await run.end).toBe(2);
  expect(run.errors()).toBe('');
  await server.close();
  await reference.close();
});

test('without anybody at standard input it ends after the first run; what a pipe holds counts before', async () => {
  const out = test.info().outputPath('report');
  const once = await cli(['run', '--watch', ...some, '--out', out]);
  expect(once.exitCode).toBe(2);
  expect(once.stdout.match(/^◑ /gm)).toHaveLength(1);
  const run = watching([...some, '--out', out], {});
  run.child.stdin.end('\n');
  expect(await run.end).toBe(2);
  expect(run.output().match(/^◑ /gm)).toHaveLength(2);
});

test('Ctrl-C while it waits ends it with the exit code of the last run', async () => {
  const run = watching([...some, '--out', test.info().outputPath('report')], {});
  await run.next();
  run.child.kill('SIGINT');
  expect(await run.end).toBe(2);
});

test('--restart starts the server before each run, waits for it, and leaves nothing behind', async () => {
  const reference = await startReference();
  const free = await startRecorder();
  await free.close();
  const notes = test.info().outputPath('starts');
  const file = test.info().outputPath('server.mjs');
  await writeFile(notes, '');
  // It starts late, behind a shell that does not end with it.
  await writeFile(
    file,
    `import { appendFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
appendFileSync(${JSON.stringify(notes)}, process.pid + '\\n');
console.log('the server says something');
setTimeout(() => createServer((incoming, outgoing) => {
  const onward = request(${JSON.stringify(reference.url)}, { path: incoming.url, method: incoming.method, headers: incoming.headers });
  onward.on('response', (answer) => answer.pipe(outgoing.writeHead(answer.statusCode, answer.rawHeaders)));
  incoming.pipe(onward);
}).listen(${new URL(free.url).port}, '127.0.0.1'), 500);
`,
  );
  const out = test.info().outputPath('report');
  const restart = ['--restart', `cd . && "${process.execPath}" "${file}"; true`];
  const environment = { MUFI_BASE_URL: free.url, ...keysOf(reference) };
  const run = watching([...some, '--out', out, ...restart], environment);
  await run.next();
  expect((await reportIn(out)).counts.cells).toBeGreaterThan(0);
  run.press('\n');
  await run.next();
  const pids = linesOf(await readFile(notes, 'utf8')).map(Number);
  expect(pids).toHaveLength(2);
  const isThere = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  expect(pids.map(isThere)).toEqual([false, true]);
  run.press('q');
  expect(await run.end).toBe(2);
  expect(pids.map(isThere)).toEqual([false, false]);
  expect(linesOf(run.errors())).toEqual(['the server says something', 'the server says something']);
  await reference.close();
});

test('a server that never comes is exit code 2, and Enter tries again', async () => {
  const free = await startRecorder();
  await free.close();
  const environment = { MUFI_BASE_URL: free.url, MUFI_WRITE_KEY: 'a.b.c', MUFI_READ_KEY: 'd.e.f' };
  const out = test.info().outputPath('report');
  const run = watching(['--out', out, '--wait', '1', '--restart', 'true'], environment);
  expect(await run.next()).toBe(askAll);
  run.press('\n');
  await run.next();
  run.press('q');
  expect(await run.end).toBe(2);
  expect(run.errors().match(/did not answer within 1 second/g)).toHaveLength(2);
});

for (const [args, sentence] of [
  [['--restart', 'true'], '--restart starts the server for --watch; give both, or none of them.'],
  [['--watch', '--shard', '1/2'], '--watch and --shard do not go together; leave one of them out.'],
  [
    ['--watch', '--restart', 'true'],
    '--restart is given but MUFI_BASE_URL is not set, so there is no server to test; set MUFI_BASE_URL, or leave --restart out to test the embedded reference server.',
  ],
  [['--watch', '-g', '('], 'The pattern ( of -g is not a regular expression.'],
] as const) {
  test(`run ${args.join(' ')} is exit code 3 and one sentence`, async () => {
    const { exitCode, stdout, stderr } = await cli(['run', ...args]);
    expect([exitCode, stdout, linesOf(stderr)]).toEqual([3, '', [sentence]]);
  });
}

test('on a terminal a key counts without Enter, and only while somebody waits for it', async () => {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    unref: () => input,
    setRawMode: (mode: boolean) => modes.push(mode),
  });
  const presses = readPresses(input as never);
  input.write('\r');
  input.write('q');
  await new Promise(setImmediate);
  const next = async (key: string) => {
    const press = presses.next(() => undefined);
    input.write(key);
    return press;
  };
  expect(await next('\r')).toBe('again');
  expect(await next('x\r')).toBe('again');
  expect(modes).toEqual([true, false, true, false]);
  expect(await next('q')).toBe('end');
  expect(await next('\u0003')).toBe('end');
  presses.close();
});
