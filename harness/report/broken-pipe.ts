import { whyNotWritten } from './output-directory.ts';

/**
 * Calls back once if standard output can no longer be written: its reader is gone (`| head`), or the disk is full.
 * After that, output is lost. If standard error is closed too, so are its messages.
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
