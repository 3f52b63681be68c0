import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may take to end; milliseconds. */
const endMs = 5000;
const lookMs = 50;

/** A command that starts a server, with everything that it starts itself. */
export interface ServerCommand {
  /** Ends what runs, and starts the command again. */
  restart(): Promise<void>;
  /** Ends what runs. */
  stop(): Promise<void>;
}

/** A command for the shell. What it prints goes to standard error, because standard output is that of the run. */
export function serverCommand(command: string): ServerCommand {
  let running: ChildProcess | undefined;
  const atExit = (): void => signal(running, 'SIGKILL');
  const stop = async (): Promise<void> => {
    const last = running;
    running = undefined;
    process.off('exit', atExit);
    if (last?.pid === undefined) return;
    signal(last, 'SIGTERM');
    const latest = performance.now() + endMs;
    while (isThere(last) && performance.now() < latest) await sleep(lookMs);
    signal(last, 'SIGKILL');
    while (isThere(last)) await sleep(lookMs);
  };
  return {
    async restart() {
      await stop();
      // A group of its own, so that what the shell starts ends with it and Ctrl-C reaches the run first.
      running = spawn(command, { shell: true, detached: !isWindows, stdio: ['ignore', 2, 2] });
      running.on('error', () => undefined);
      process.once('exit', atExit);
    },
    stop,
  };
}

const isWindows = process.platform === 'win32';

function signal(child: ChildProcess | undefined, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child?.pid === undefined) return;
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nobody is left.
  }
}

/** Whether anything of the group still runs; it outlives the shell that led it. */
function isThere(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (isWindows) return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
