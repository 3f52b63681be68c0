import { exitCodes } from '../model/index.ts';
import { onClosedOutput } from '../report/broken-pipe.ts';

/** What cannot be said completely is a broken run, whatever it was. */
const { broken } = exitCodes;

/** Ends this process with one sentence where standard output can no longer be written. */
export function endOnClosedOutput(): void {
  onClosedOutput((why) => {
    process.stderr.write(`Standard output was closed before everything was written: ${why}.\n`);
    process.exit(broken);
  });
}
