import { spawn } from 'node:child_process';

/** How the test runner ended. */
export interface RunnerEnd {
  /** null: it was killed. */
  readonly code: number | null;
  /** Somebody asked for an end before the end. */
  readonly interrupted: boolean;
}

/** A terminal and npm both pass Ctrl-C on: what follows within so many milliseconds is the same one. */
const sameMs = 500;
/** How often it is looked whether npm is still there; milliseconds. */
const parentMs = 250;
const showCursor = '\u001b[?25h';

/**
 * Runs Node with these parameters and waits for its end. The first SIGINT, SIGTERM or SIGHUP lets it write the report
 * of what was done, a second one kills it. The channel tells the child when this process is gone without a word.
 * `quiet`: what it prints is dropped, and what it complains about is not.
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

/** npm ends on SIGTERM without passing it on, and so does its shell, which is the parent of this process. */
function whenNpmEnds(act: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid === parent || act(), parentMs);
}
