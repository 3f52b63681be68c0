import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import type { HostileTarget } from './hostile.ts';
import { listening } from './server.ts';

/** One call of key control, after it was carried out. */
export interface Call {
  readonly verb: string;
  /** How often this verb was called before. */
  readonly nth: number;
  readonly status: number;
  /** The answer of key control, and its JSON. */
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly outgoing: ServerResponse;
  /** Answers; by default as key control did. */
  pass(change?: { readonly status?: number; readonly text?: string; readonly value?: unknown }): void;
}

/** Which calls are not carried out. */
export type Refuses = (verb: string, nth: number) => boolean;

/** What to do with a call instead of answering it. */
export type Twist = (call: Call) => unknown;

const verbs: readonly (readonly [method: string, path: RegExp, verb: string])[] = [
  ['POST', /\/projects$/, 'create-project'],
  ['POST', /\/keys$/, 'create-key'],
  ['POST', /\/regenerate$/, 'regenerate-key'],
  ['DELETE', /\/keys\//, 'revoke-key'],
  ['POST', /\/clock$/, 'advance-clock'],
];

const verbOf = ({ method, url = '' }: IncomingMessage): string =>
  verbs.find(([sent, path]) => sent === method && path.test(url))?.[2] ?? 'describe';

/**
 * A reference server with an honest API. Its key control does what it is asked but answers something else. `refuses`:
 * calls that are not carried out and get 500.
 */
export async function startTwisted(
  twist: Twist,
  refuses: Refuses = () => false,
): Promise<HostileTarget & { readonly controlUrl: string; readonly controlToken: string }> {
  const server = await startReference();
  const made: { readonly id: string; readonly key: string }[] = [];
  const counts = new Map<string, number>();
  const front = createServer(async (incoming, outgoing) => {
    const verb = verbOf(incoming);
    const nth = counts.get(verb) ?? 0;
    counts.set(verb, nth + 1);
    const sent = Buffer.concat(await incoming.toArray());
    const { status, text } = refuses(verb, nth)
      ? { status: 500, text: '{}' }
      : await carriedOut(server.controlUrl, incoming, sent);
    const value = text === '' ? {} : JSON.parse(text);
    if (typeof value.key === 'string') made.push(value);
    const pass: Call['pass'] = (change = {}) => {
      const answer = change.text ?? (change.value === undefined ? text : JSON.stringify(change.value));
      outgoing.writeHead(change.status ?? status, { 'content-type': 'application/json' }).end(answer);
    };
    outgoing.on('error', () => undefined);
    await twist({ verb, nth, status, text, value, outgoing, pass });
  });
  const { url: frontUrl, close } = await listening(front);
  const controlUrl = `${frontUrl}/control`;
  const { controlToken } = server;
  return {
    controlUrl,
    controlToken,
    environment: {
      MUFI_BASE_URL: server.url,
      MUFI_WRITE_KEY: server.keys.write,
      MUFI_READ_KEY: server.keys.read,
      MUFI_CONTROL_URL: controlUrl,
      MUFI_CONTROL_TOKEN: controlToken,
    },
    active: async () => {
      const asked = made.map(async ({ id, key }) => {
        const headers = { authorization: `Bearer ${key}` };
        const { status } = await fetch(`${server.url}/v1/version`, { headers });
        return status === 401 ? [] : [id];
      });
      return (await Promise.all(asked)).flat();
    },
    close: async () => {
      await close();
      await server.close();
    },
  };
}

async function carriedOut(
  controlUrl: string,
  { method = 'GET', url = '', headers }: IncomingMessage,
  sent: Buffer,
) {
  const { authorization = '' } = headers;
  const body = sent.length === 0 ? {} : { body: sent.toString('utf8') };
  const answer = await fetch(controlUrl + url.slice('/control'.length), {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...body,
  });
  return { status: answer.status, text: await answer.text() };
}

/**
 * The same behind a command: a Node script that carries out its `verb` and then runs `body`. `body` can use `text`,
 * `value`, `status` and `nth` (how often the verb was called before), `say` to write, and `pass` to answer as key
 * control did.
 */
export async function startTwistedCommand(
  body: string,
  refuses: Refuses = () => false,
): Promise<HostileTarget> {
  const target = await startTwisted(({ pass }) => pass(), refuses);
  const folder = test.info().outputPath('command');
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/control.mjs`;
  writeFileSync(path, scriptOf(target.controlUrl, target.controlToken, body));
  const { MUFI_CONTROL_URL: _url, MUFI_CONTROL_TOKEN: _token, ...environment } = target.environment;
  return {
    ...target,
    environment: { ...environment, MUFI_CONTROL_COMMAND: `'${process.execPath}' '${path}'` },
  };
}

function scriptOf(url: string, token: string, body: string): string {
  return `import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const verb = process.argv.at(-1);
const input = JSON.parse(readFileSync(0, 'utf8'));
const counter = import.meta.dirname + '/' + verb;
const nth = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) : 0;
writeFileSync(counter, String(nth + 1));
const [method, path] = {
  describe: ['GET', '/'],
  'create-project': ['POST', '/projects'],
  'create-key': ['POST', '/keys'],
  'regenerate-key': ['POST', '/keys/' + input.id + '/regenerate'],
  'revoke-key': ['DELETE', '/keys/' + input.id],
  'advance-clock': ['POST', '/clock'],
}[verb];
const answer = await fetch(${JSON.stringify(url)} + path, {
  method,
  headers: { authorization: 'Bearer ' + ${JSON.stringify(token)} },
  ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
});
const { status } = answer;
const text = await answer.text();
const value = text === '' ? {} : JSON.parse(text);
const say = (what) => process.stdout.write(typeof what === 'string' ? what : JSON.stringify(what));
const pass = () => {
  say(text);
  if (status >= 300) process.exitCode = 1;
};
${body}
`;
}
