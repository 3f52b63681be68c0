import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a program took, together with every process that it started. */
export interface Measured {
  readonly exitCode: number | null;
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Highest at one time: the anonymous memory of all its processes, and once the files that the largest has mapped. */
  readonly memoryMiB: number;
  /** Highest resident set (RSS) of one of them, shared pages included. */
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

/** Runs a program to its end. Needs bash for the times and /proc for the memory, so Linux. */
export async function measure({ program, args, env = process.env, cwd }: Command): Promise<Measured> {
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
  /** A look that is under way at the end must not set the next one. */
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
  /** Memory that belongs to no file, so that no other process has it as well. */
  readonly unshared: number;
}

/** Kibibytes of each process below one, in this moment. */
async function sizesBelow(parent: number): Promise<Size[]> {
  const children = await textOf(`/proc/${parent}/task/${parent}/children`);
  const sizes: Size[] = [];
  for (const id of children.split(' ').filter(Boolean).map(Number)) {
    // smaps_rollup would be exact, but the kernel stops the process for as long as it counts its pages.
    const status = await textOf(`/proc/${id}/status`);
    const size = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    sizes.push({ resident: size('VmRSS'), unshared: size('RssAnon') }, ...(await sizesBelow(id)));
  }
  return sizes;
}

/** Nothing where the process has ended in the meantime. */
function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
