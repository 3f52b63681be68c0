import { exitCodes } from '../model/index.ts';
import { onClosedOutput } from '../report/broken-pipe.ts';

/** Output that is cut off means a broken run, whatever its verdict was. */
const { broken } = exitCodes;

/** Ends this process with one sentence if standard output can no longer be written. */
export function endOnClosedOutput(): void {
  onClosedOutput((why) => {
    process.stderr.write(`Standard output was closed before everything was written: ${why}.\n`);
    process.exit(broken);
  });
}
