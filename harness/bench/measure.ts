import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a program took, together with every process that it started. */
export interface Measured {
  readonly exitCode: number | null;
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Highest sum of the resident sets (RSS) of all its processes at one time; shared pages count once a process. */
  readonly residentMiB: number;
  /** Highest resident set of one of them. */
  readonly largestMiB: number;
  readonly output: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const everyMs = 100;

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
    const sizes = await residentBelow(child.pid ?? 0);
    all = Math.max(
      all,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    largest = Math.max(largest, ...sizes);
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
    residentMiB: all / 1024,
    largestMiB: largest / 1024,
    output,
  };
}

/** Resident kibibytes of each process below one, in this moment. */
async function residentBelow(parent: number): Promise<number[]> {
  const children = await textOf(`/proc/${parent}/task/${parent}/children`);
  const sizes: number[] = [];
  for (const id of children.split(' ').filter(Boolean).map(Number)) {
    const size = Number(/^VmRSS:\s+(\d+)/m.exec(await textOf(`/proc/${id}/status`))?.[1] ?? 0);
    sizes.push(size, ...(await residentBelow(id)));
  }
  return sizes;
}

/** Nothing where the process has ended in the meantime. */
function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
