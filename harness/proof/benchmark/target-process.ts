import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The target in its own process. */
export interface Target {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a target and waits until it answers. */
export async function startTarget(): Promise<Target> {
  const script = fileURLToPath(new URL('./target.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.endsWith('\n')) resolve(text);
    });
    child.on('close', () => reject(new Error('the target of the benchmark did not start')));
  });
  return {
    environment: JSON.parse(line) as Record<string, string>,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}
