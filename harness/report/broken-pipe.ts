import { whyNotWritten } from './output-directory.ts';

/**
 * Calls back once where standard output can no longer be written: its reader is gone (`| head`), or its disk is full.
 * From then on what is written there is lost, and so is what is written to a standard error that is closed as well.
 */
export function onClosedOutput(act: (why: string) => void): void {
  let closed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (closed) return;
    closed = true;
    act(error.code === 'EPIPE' ? 'its reader is gone' : whyNotWritten(error));
  });
  process.stderr.on('error', () => undefined);
}
