import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { type Report, reportSchema } from '../../../harness/model/report.ts';
import { listening } from './server.ts';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** How a child process ended. */
export interface ChildResult {
  /** null: it was killed by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the repository. */
  readonly cwd?: string;
  /** Starts a process group of its own. */
  readonly detached?: boolean;
}

/** Runs our command line in its own process. */
export function cli(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return ended(startCli(args, options));
}

/** Starts our command line and leaves it running. */
export function startCli(args: readonly string[], options: ChildOptions = {}) {
  return start(process.execPath, [join(repository, 'harness', 'start.mjs'), ...args], options);
}

/** Starts our command line with a standard input that the test can write to. */
export function startTyped(args: readonly string[], { environment, cwd = repository }: ChildOptions = {}) {
  const parameters = [join(repository, 'harness', 'start.mjs'), ...args];
  return spawn(process.execPath, parameters, { cwd, env: childEnvironment(environment), stdio: 'pipe' });
}

/** Runs any other program the same way. */
export function run(
  program: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  return ended(start(program, args, options));
}

/** The arguments of a run that writes its report into `out`. */
export function into(out: string, ...args: string[]): string[] {
  return ['run', '--out', out, ...args];
}

/** The report in a directory; fails if it is not valid against the published schema. */
export async function reportIn(out: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')));
}

/** Runs the matrix with its report in `out`; returns how it ended, and the report. */
export async function conformance(
  out: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult & { readonly report: Report }> {
  const how = await cli(into(out, ...args), options);
  expect(how.exitCode, `${how.stdout}\n${how.stderr}`).not.toBe(3);
  // The output is not a terminal, so nothing controls one.
  expect(how.stdout + how.stderr).not.toMatch(/[\u001b\r]/);
  return { ...how, report: await reportIn(out) };
}

/** The lines of an output, without the empty ones. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Variables that would affect the suite or the test runner in the child. */
const steering =
  /^(MUFI_|CONFORMANCE_|GITHUB_|TEST_|PW|PLAYWRIGHT_)|^(CI|FORCE_COLOR|DEBUG_COLORS|NODE_OPTIONS)$/;

function childEnvironment(environment: ChildOptions['environment']): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !steering.test(name));
  return { ...Object.fromEntries(inherited), ...environment };
}

/** Starts any program and leaves it running. */
export function start(
  program: string,
  args: readonly string[],
  { environment, cwd = repository, detached = false }: ChildOptions = {},
) {
  const env = childEnvironment(environment);
  return spawn(program, args, { cwd, env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
}

export type Child = ReturnType<typeof start>;

/** Waits for a child to end and returns its output. */
export function ended(child: Child): Promise<ChildResult> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Enough for the longest keys in the catalogue, and for a server that repeats them. */
const maxHeaderSize = 1_048_576;

/** A request that a recorder passed on, and its answer. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly status: number;
  /** When it arrived, on the clock of `performance.now()`. */
  readonly atMs: number;
}

/** A server in front of a target that records requests, and every key that key control issues. */
export interface Recorder {
  readonly url: string;
  readonly seen: RecordedRequest[];
  readonly keys: string[];
  /** Connections that were opened, whatever was sent over them. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Seconds that a request has to wait before it is sent again; undefined to pass it on. */
export type RetryAfter = (incoming: IncomingMessage) => number | undefined;

/** Starts a recorder; without a target it answers every request with 500. */
export async function startRecorder(target?: string, retryAfter?: RetryAfter): Promise<Recorder> {
  const seen: RecordedRequest[] = [];
  const keys: string[] = [];
  let connections = 0;
  const server = createServer({ maxHeaderSize }, async (incoming, outgoing) => {
    const atMs = performance.now();
    const wait = retryAfter?.(incoming);
    const answer =
      wait === undefined
        ? await forward(target, incoming, outgoing)
        : await tooMany(wait, incoming, outgoing);
    const { method = '', url = '', headers } = incoming;
    const [path = ''] = url.split('?');
    seen.push({ method, path, authorization: headers.authorization, status: answer.status, atMs });
    if (path.startsWith('/control/keys')) keys.push(...(/"key":"([^"]+)"/.exec(answer.body)?.slice(1) ?? []));
  });
  server.on('connection', () => {
    connections += 1;
  });
  return { ...(await listening(server)), seen, keys, connections: () => connections };
}

async function tooMany(seconds: number, incoming: IncomingMessage, outgoing: ServerResponse) {
  await incoming.resume().toArray();
  const headers = { 'retry-after': String(seconds), 'content-type': 'application/json' };
  outgoing.writeHead(429, headers).end('{}');
  return { status: 429, body: '{}' };
}

async function forward(
  target: string | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<{ readonly status: number; readonly body: string }> {
  const { method = 'GET', url = '/', rawHeaders } = incoming;
  if (target === undefined) {
    outgoing.writeHead(500).end();
    return { status: 500, body: '' };
  }
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = request(target, {
        path: url,
        method,
        maxHeaderSize,
        headers: rawHeaders as unknown as [],
      });
      onward.on('response', resolve).on('error', reject);
      incoming.pipe(onward);
    });
    const status = answer.statusCode ?? 0;
    const body = Buffer.concat(await answer.toArray());
    outgoing.writeHead(status, answer.rawHeaders).end(body);
    return { status, body: body.toString('utf8') };
  } catch {
    outgoing.destroy();
    return { status: 0, body: '' };
  }
}

/** The environment of a target, with a recorder in front of each of its addresses. */
export function through(recorder: Recorder, target: string, environment: Readonly<Record<string, string>>) {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.map(([name, value]) => [name, value.replace(target, recorder.url)]));
}

/** Every file in a directory and below it, with its text. */
export async function textsIn(directory: string): Promise<[name: string, text: string][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)).then((texts) =>
    texts.map(([file, text]) => [relative(directory, file), text]),
  );
}

/**
 * Places with any 13 characters in a row of a key, without its JOSE header: literally, or in base64 together with the
 * key. Returns the place and never the key, because the messages of a test also end up in a report.
 */
export function leaksIn(texts: readonly (readonly [name: string, text: string])[], keys: readonly string[]) {
  const size = 13;
  const windows = new Set<string>();
  for (const key of keys) {
    const secret = key.indexOf('.') + 1;
    const encoded = ['base64', 'base64url'] as const;
    const spellings = encoded.map((encoding) =>
      Buffer.from(key)
        .toString(encoding)
        .slice(Math.ceil((secret * 4) / 3))
        .replace(/=+$/, ''),
    );
    for (const text of [key.slice(secret), ...spellings]) {
      for (let at = 0; at + size <= text.length; at += 1) windows.add(text.slice(at, at + size));
    }
  }
  return texts.flatMap(([name, text]) =>
    [...text.matchAll(/[\w.+/-]{13,}/g)].flatMap(({ 0: run, index }) => {
      const at = [...run.slice(size - 1)].findIndex((_, start) =>
        windows.has(run.slice(start, start + size)),
      );
      return at < 0 ? [] : [`${name}, character ${index + at}`];
    }),
  );
}
