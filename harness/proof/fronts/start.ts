import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Reference } from '../../reference/start.ts';
import { makeAuthority } from '../../reference/tls-certificate.ts';
import type { FrontEnd, Misconfiguration, Site, SiteTls } from './model.ts';

/** How a front end is started. */
export interface StartOptions {
  readonly tls?: boolean;
  readonly wrong?: Misconfiguration;
}

/** A running front end in front of a reference server. */
export interface RunningFront {
  /** The environment that the suite needs. */
  readonly environment: Record<string, string>;
  /** Ends the process and removes its folder. */
  close(): Promise<void>;
}

/** Varnish has to compile its configuration first. */
const startWithinMs = 60_000;
const stopWithinMs = 3_000;
const attempts = 3;

/** Whether this machine has the program of a front end. */
export function isInstalled({ program }: Pick<FrontEnd, 'program'>): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts a front end in front of a reference server. If it does not listen in time, throws with its output. */
export async function startFront(
  front: FrontEnd,
  reference: Reference,
  options: StartOptions = {},
): Promise<RunningFront> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(front, reference, options);
    } catch (error) {
      // Another process may have taken a port that was free a moment ago.
      if (attempt === attempts || !/in use|EADDRINUSE/i.test(String(error))) throw error;
    }
  }
}

async function startOnce(
  front: FrontEnd,
  reference: Reference,
  { tls = false, wrong }: StartOptions,
): Promise<RunningFront> {
  const folder = await mkdtemp(join(tmpdir(), `mufi-${front.id}-`));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const authority = join(folder, 'authority.pem');
    const site = await siteIn(folder, reference, tls ? authority : undefined);
    for (const [name, text] of Object.entries(front.files(site, wrong?.parts(site) ?? {})))
      await writeFile(join(folder, name), text, { mode: 0o644 });
    const child = spawn(front.program, front.command(site), {
      cwd: site.scratch,
      env: { PATH: process.env.PATH, HOME: site.scratch, XDG_DATA_HOME: site.scratch },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // If the process exits early, nothing of ours stays behind.
    const abandon = (): boolean => child.kill('SIGKILL');
    process.once('exit', abandon);
    const close = async (): Promise<void> => {
      process.off('exit', abandon);
      await stop(child);
      await remove();
    };
    try {
      await listens(child, [site.port, ...(site.tls === undefined ? [] : [site.tls.plainPort])]);
    } catch (error) {
      process.off('exit', abandon);
      await stop(child);
      throw new Error(`${front.id} does not start: ${error instanceof Error ? error.message : error}`);
    }
    return { environment: environmentOf(site, reference, authority, wrong), close };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function siteIn(folder: string, reference: Reference, authorityFile?: string): Promise<Site> {
  await chmod(folder, 0o755);
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  await chmod(scratch, 0o777);
  const [port = 0, plainPort = 0] = await freePorts(2);
  return {
    port,
    node: portOf(reference.url),
    otherNode: portOf(reference.replicaUrl),
    writeKey: reference.keys.write,
    folder,
    scratch,
    isRoot: process.getuid?.() === 0,
    ...(authorityFile === undefined ? {} : { tls: await certificateIn(folder, authorityFile, plainPort) }),
  };
}

async function certificateIn(folder: string, authorityFile: string, plainPort: number): Promise<SiteTls> {
  const authority = await makeAuthority();
  const { cert, key } = await authority.issue({ host: '127.0.0.1', days: [-1, 1] });
  const named = (name: string): string => join(folder, name);
  const tls = {
    certificate: named('site.pem'),
    key: named('site.key'),
    both: named('site-both.pem'),
    plainPort,
  };
  await writeFile(authorityFile, authority.cert);
  await writeFile(tls.certificate, cert);
  await writeFile(tls.key, key, { mode: 0o600 });
  await writeFile(tls.both, cert + key, { mode: 0o600 });
  return tls;
}

function environmentOf(
  { port, tls }: Site,
  reference: Reference,
  authorityFile: string,
  wrong: Misconfiguration | undefined,
): Record<string, string> {
  const { MUFI_REPLICA_URLS: replicas, ...offered } = reference.environment;
  return {
    ...offered,
    // If a node is tested at its own address, the misconfigured front end in front of it is bypassed.
    ...(wrong === undefined && tls === undefined && replicas !== undefined
      ? { MUFI_REPLICA_URLS: replicas }
      : {}),
    MUFI_BASE_URL: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    ...(tls === undefined
      ? {}
      : { MUFI_HTTP_URL: `http://127.0.0.1:${tls.plainPort}`, NODE_EXTRA_CA_CERTS: authorityFile }),
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Ports that nobody uses now, all of them different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Waits until every port accepts connections; if the process ends before that, throws with its last lines. */
async function listens(child: ChildProcess, ports: readonly number[]): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  let failure: string | undefined;
  child.on('error', (error) => (failure = error.message));
  const until = Date.now() + startWithinMs;
  const left = [...ports];
  for (let next = left[0]; next !== undefined; next = left[0]) {
    if (failure !== undefined || hasEnded(child)) throw new Error(failure ?? `it ended: ${said}`);
    if (Date.now() > until) throw new Error(`nothing listens on port ${next}: ${said}`);
    if (await takes(next)) left.shift();
    else await setTimeout(50);
  }
}

function takes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await Promise.race([ended, setTimeout(stopWithinMs, undefined, { ref: false })]);
  }
}
