import { spawn } from 'node:child_process';

/** How the test runner ended. */
export interface RunnerEnd {
  /** null: it was killed. */
  readonly code: number | null;
  /** Somebody interrupted it. */
  readonly interrupted: boolean;
}

/** A terminal and npm both pass Ctrl-C on: signals within this many milliseconds are the same one. */
const sameMs = 500;
/** How often to check that npm still runs, in milliseconds. */
const parentMs = 250;
const showCursor = '\u001b[?25h';

/**
 * Runs Node with these arguments and waits for its end. After the first SIGINT, SIGTERM or SIGHUP it still writes the
 * report of what was done; a second signal kills it. The channel tells the child if this process disappears. `quiet`:
 * its standard output is dropped, but its errors are shown.
 */
export function runNode(
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
  quiet = false,
): Promise<RunnerEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      env,
      stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    });
    let firstMs: number | undefined;
    const stop = (): void => {
      const now = performance.now();
      if (firstMs === undefined) {
        firstMs = now;
        process.stderr.write(
          'Interrupted: writing the report of what was done; interrupt again to end at once.\n',
        );
        child.kill('SIGINT');
      } else if (now - firstMs > sameMs) {
        child.kill('SIGKILL');
        if (process.stdout.isTTY) process.stdout.write(showCursor);
      }
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, stop);
    const orphaned = whenNpmEnds(() => {
      if (firstMs === undefined) stop();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, stop);
      resolve({ code, interrupted: firstMs !== undefined });
    });
  });
}

/** On SIGTERM, npm ends without passing the signal on. So does its shell, which is the parent of this process. */
function whenNpmEnds(act: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid === parent || act(), parentMs);
}
