import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may take to stop, in milliseconds. */
const endMs = 5000;
const lookMs = 50;

/** A command that starts a server, with all its child processes. */
export interface ServerCommand {
  /** Stops the running server, and starts the command again. */
  restart(): Promise<void>;
  /** Stops the running server. */
  stop(): Promise<void>;
}

/** A command for the shell. Its output goes to standard error, because standard output belongs to the run. */
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
      // A process group of its own: what the shell starts stops with it, and Ctrl-C reaches the run first.
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
    // The group has ended.
  }
}

/** Whether any process of the group still runs; the group can outlive its shell. */
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
