import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { refuseDemo } from '../engine/configuration/demo.ts';
import { exitCodes } from '../model/index.ts';
import { WriteFailure } from '../report/output-directory.ts';
import { inLog } from '../report/render/text.ts';
import { lastFailed } from './last-failed.ts';
import { type Presses, readPresses } from './presses.ts';
import { checkInput, environmentFor, type RunArguments } from './run.ts';
import { type ServerCommand, serverCommand } from './server-command.ts';
import { isThereInTime } from './wait.ts';

/** How many seconds to wait for a restarted server if `--wait` is not set. */
const waitSeconds = 30;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs once, and again after each Enter, until q or Ctrl-C. Returns the exit code of the last run. */
export async function watchCommand(args: RunArguments, run: Run, command?: string): Promise<number> {
  if (args.shard !== undefined) {
    throw new ConfigurationError('--watch and --shard do not go together; leave one of them out.');
  }
  if (command !== undefined) refuseDemo(environmentFor(args), '.env', ['--restart']);
  const server = command === undefined ? undefined : serverCommand(command);
  const presses = readPresses(process.stdin);
  for (const signal of signals) process.on(signal, presses.end);
  try {
    const waiting = server === undefined ? args : { ...args, wait: args.wait ?? waitSeconds };
    return await watch(waiting, { run, server, presses });
  } finally {
    for (const signal of signals) process.off(signal, presses.end);
    presses.close();
    await server?.stop();
  }
}

type Run = (args: RunArguments) => Promise<number>;

interface WatchContext {
  readonly run: Run;
  readonly server: ServerCommand | undefined;
  readonly presses: Presses;
}

async function watch(args: RunArguments, watched: WatchContext): Promise<number> {
  const { presses } = watched;
  let next = args;
  let code: number | undefined;
  for (;;) {
    const before = versionOf(args);
    try {
      code = await runOnce(next, watched);
    } catch (error) {
      // In the first run, wrong input is an error; later the user may fix a file while this waits.
      if (code === undefined || !isAboutInput(error)) throw error;
      process.stderr.write(inLog(`${error.message}\n`));
      code = exitCodes.broken;
    }
    if (presses.ended.aborted) return code;
    // A run without a report does not say what failed, so the same scenarios run again.
    if (versionOf(args) !== before) next = { ...args, lastFailed: hasOpen(args) };
    const what =
      next.lastFailed === true ? 'run again what failed or could not be decided' : 'run everything again';
    const press = await presses.next(() => process.stdout.write(`Enter: ${what}; q: end.\n`));
    if (press === 'end') return code;
  }
}

/** Checks the input, starts the server if asked to, waits for it, and runs. */
async function runOnce(args: RunArguments, { run, server, presses }: WatchContext): Promise<number> {
  const { wait, ...rest } = args;
  const { target } = await checkInput(args);
  await server?.restart();
  if (wait !== undefined) {
    const isThere = await isThereInTime(target, wait, presses.ended);
    if (presses.ended.aborted) return exitCodes.partial;
    if (!isThere) return exitCodes.inconclusive;
  }
  return run(rest);
}

function isAboutInput(error: unknown): error is Error {
  return error instanceof ConfigurationError || error instanceof WriteFailure;
}

const folderOf = ({ out = 'reports/latest' }: RunArguments): string => out;

/** A text that distinguishes one report in a folder from the next. */
function versionOf(args: RunArguments): string {
  const found = statSync(join(folderOf(args), 'report.json'), { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs}`;
}

function hasOpen(args: RunArguments): boolean {
  return lastFailed(folderOf(args), args).length > 0;
}
