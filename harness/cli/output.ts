import { onClosedOutput } from '../report/broken-pipe.ts';

/** What cannot be said completely is a broken run, whatever it was. */
const broken = 3;

/** Ends this process with one sentence where standard output can no longer be written. */
export function endOnClosedOutput(): void {
  onClosedOutput((why) => {
    process.stderr.write(`Standard output was closed before everything was said: ${why}.\n`);
    process.exit(broken);
  });
}
