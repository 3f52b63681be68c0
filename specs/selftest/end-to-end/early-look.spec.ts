import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { lookInThread } from '../../runner/early-look.ts';
import { cli, into, linesOf, startRecorder } from '../support/cli.ts';
import { activeAmong, throughControl } from '../support/interrupting.ts';

/** A thread that says what this code says. */
function thread(code: string): Worker {
  return new Worker(`const { parentPort: port } = require('node:worker_threads'); ${code}`, { eval: true });
}

const ended = (worker: Worker) => new Promise((resolve) => worker.once('exit', resolve));

const everything = `
  port.on('message', () => setTimeout(() => { port.postMessage({ released: true }); port.close(); }, 50));
  port.postMessage({ state: { runId: 'one' } });
  port.postMessage({ left: ['made'] });`;

test('a thread that has said everything ends when somebody takes it, who then revokes its keys', async () => {
  const worker = thread(everything);
  const end = ended(worker);
  const look = lookInThread(worker);
  expect(await look.take()).toEqual({ runId: 'one' });
  await end;
  await look.interrupt();
  expect(await look.left()).toEqual(['made']);
});

for (const isTaken of [false, true]) {
  test(`an interrupted thread revokes its keys itself, ${isTaken ? 'while' : 'also after'} it looks`, async () => {
    const worker = thread(
      isTaken ? everything.replace('port.postMessage({ left', 'if (false) ({ left') : everything,
    );
    const said: unknown[] = [];
    const look = lookInThread(worker);
    worker.on('message', (message) => said.push(message));
    if (isTaken) await look.take();
    else await look.left();
    await Promise.all([look.interrupt(), look.interrupt()]);
    expect(said.at(-1)).toEqual({ released: true });
    if (!isTaken) expect(await look.left()).toEqual([]);
  });
}

test('a thread that fails is an error for those who wait for its result, and holds no interruption', async () => {
  for (const code of ['throw new Error("broken")', 'process.exit(3)']) {
    const look = lookInThread(thread(code));
    await expect(look.take()).rejects.toThrow(/broken|ended with 3/);
    await expect(look.left()).rejects.toThrow(/broken|ended with 3/);
    await look.interrupt();
  }
});

/** Notes which thread opens a connection. */
const note = `
  import { appendFileSync } from 'node:fs';
  import { Socket } from 'node:net';
  import { threadId } from 'node:worker_threads';
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...parameters) {
    appendFileSync(process.env.CONNECTIONS, threadId + '\\n');
    return connect.apply(this, parameters);
  };`;

test('the preflight of a named server has a thread of its own, and its keys are revoked in the end', async () => {
  const [notes, hook] = [test.info().outputPath('connections'), test.info().outputPath('note.mjs')];
  await writeFile(hook, note);
  const server = await startReference();
  const control = await startRecorder(server.url);
  try {
    const environment = {
      ...throughControl(server, control.url),
      CONNECTIONS: notes,
      NODE_OPTIONS: `--import=${pathToFileURL(hook)}`,
    };
    const { exitCode } = await cli(
      into(test.info().outputPath('report'), '-g', '^isolation/nothing-foreign-in-lists'),
      {
        environment,
      },
    );
    expect(exitCode).toBe(2);
    const threads = linesOf(await readFile(notes, 'utf8'));
    expect(threads[0]).not.toBe('0');
    expect(new Set(threads).size).toBe(2);
    expect(control.keys.length).toBeGreaterThan(2);
    expect(await activeAmong(control.keys, server)).toEqual([]);
  } finally {
    await control.close();
    await server.close();
  }
});
