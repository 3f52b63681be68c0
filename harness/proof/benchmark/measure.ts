import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a program used, together with every process that it started. */
export interface Measurement {
  readonly exitCode: number | null;
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** The peak: anonymous memory of all its processes, plus, once, the mapped files of the largest. */
  readonly memoryMiB: number;
  /** The peak resident set (RSS) of one process, shared pages included. */
  readonly largestMiB: number;
  readonly output: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const everyMs = 200;

/** Runs a program to its end. Needs bash for the times and /proc for the memory, and so Linux. */
export async function measure({ program, args, env = process.env, cwd }: Command): Promise<Measurement> {
  const script = 'TIMEFORMAT="%R %U %S"; exec 3>&2; time "$@" 2>&1';
  const child = spawn('bash', ['-c', script, 'bash', program, ...args], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, times] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (times += text));
  let [all, largest] = [0, 0];
  /** A sample that is still running at the end must not schedule the next one. */
  let ended = false;
  const look = async (): Promise<void> => {
    const sizes = await sizesBelow(child.pid ?? 0);
    const own = sizes.reduce((sum, { unshared }) => sum + unshared, 0);
    all = Math.max(all, own + Math.max(0, ...sizes.map(({ resident, unshared }) => resident - unshared)));
    largest = Math.max(largest, ...sizes.map(({ resident }) => resident));
    if (!ended) timer = setTimeout(look, everyMs);
  };
  let timer = setTimeout(look, everyMs);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  ended = true;
  clearTimeout(timer);
  const [wall = 0, user = 0, system = 0] = times.trim().split(/\s+/).slice(-3).map(Number);
  return {
    exitCode,
    wallSeconds: wall,
    cpuSeconds: user + system,
    memoryMiB: all / 1024,
    largestMiB: largest / 1024,
    output,
  };
}

interface Size {
  readonly resident: number;
  /** Memory that no file backs, so no other process shares it. */
  readonly unshared: number;
}

/** Kibibytes of each process below one, at this moment. */
async function sizesBelow(parent: number): Promise<Size[]> {
  const children = await textOf(`/proc/${parent}/task/${parent}/children`);
  const sizes: Size[] = [];
  for (const id of children.split(' ').filter(Boolean).map(Number)) {
    // smaps_rollup would be exact, but the kernel stops the process while it counts pages.
    const status = await textOf(`/proc/${id}/status`);
    const size = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    sizes.push({ resident: size('VmRSS'), unshared: size('RssAnon') }, ...(await sizesBelow(id)));
  }
  return sizes;
}

/** Empty if the process has ended. */
function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
