/**
 * The lower limit, in its own process: sends recorded requests through undici, without any check. Arguments: the file
 * of requests, the folder with undici, the number of parallel requests.
 */
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RecordedRequest } from './recorder.ts';

interface Undici {
  readonly Pool: new (
    origin: string,
    options: { connections: number },
  ) => {
    request(options: {
      path: string;
      method: string;
      headers: string[];
      body: string | null;
    }): Promise<{ statusCode: number; body: { text(): Promise<string> } }>;
    close(): Promise<void>;
  };
}

const [file = '', folder = '', connections = ''] = process.argv.slice(2);
const { Pool } = createRequire(join(folder, 'package.json'))('undici') as Undici;
const requests: RecordedRequest[] = [];
for await (const line of (await open(file)).readLines()) requests.push(JSON.parse(line));
const pools = new Map<string, InstanceType<Undici['Pool']>>();
let failed = 0;

function poolOf(origin: string): InstanceType<Undici['Pool']> {
  const pool = pools.get(origin) ?? new Pool(origin, { connections: Number(connections) });
  pools.set(origin, pool);
  return pool;
}

/** undici rejects an Upgrade header, and after several its pool answers nothing any more. */
const isSendable = ({ headers }: RecordedRequest): boolean =>
  !headers.some(([name]) => name.toLowerCase() === 'upgrade');

async function sendOne({ method, url, headers, body }: RecordedRequest): Promise<void> {
  const { origin } = new URL(url);
  try {
    const answer = await poolOf(origin).request({
      path: url.slice(origin.length),
      method,
      headers: headers.flat(),
      body: body === '' ? null : body,
    });
    await answer.body.text();
  } catch {
    failed += 1;
  }
}

const sendable = requests.filter(isSendable);
const left = sendable.values();
const work = async (): Promise<void> => {
  for (const one of left) await sendOne(one);
};
await Promise.all(Array.from({ length: Number(connections) }, work));
await Promise.all([...pools.values()].map((pool) => pool.close()));
failed += requests.length - sendable.length;
// undici does not send a few of them. If more fail, the work is not the same.
if (failed > requests.length / 20) throw new Error(`${failed} of ${requests.length} requests failed`);
