import { type ChildProcess, spawn } from 'node:child_process';
import { defined } from '../../model/defined.ts';
import {
  type Control,
  ControlError,
  checkAnswer,
  clockSchema,
  controlledKeySchema,
  descriptionSchema,
  documentIn,
  madeIdIn,
  projectSchema,
} from './protocol.ts';
import { mostAnswerBytes } from './read-answer.ts';

/** The time limit of one call, independent of the time limit of a request. */
export const commandMs = 60_000;

export interface CommandOptions {
  readonly timeoutMs?: number;
  /** Set as MUFI_BASE_URL for the command. */
  readonly baseUrl?: string | undefined;
}

/**
 * Key control through a command: the shell runs it with a verb as its last argument and JSON on standard input, and it
 * answers JSON on standard output. Its standard error is not shown: it could contain a key.
 */
export function commandControl(command: string, options: CommandOptions = {}): Control {
  const call = (verb: string, input: unknown): Promise<unknown> => runVerb(command, verb, input, options);
  return {
    describe: async () => checkAnswer(descriptionSchema, await call('describe', {}), 'describe'),
    createProject: async (name) =>
      checkAnswer(projectSchema, await call('create-project', { name }), 'create-project'),
    createKey: async (request) =>
      checkAnswer(controlledKeySchema, await call('create-key', request), 'create-key'),
    regenerateKey: async (id) =>
      checkAnswer(controlledKeySchema, await call('regenerate-key', { id }), 'regenerate-key'),
    revokeKey: async (id) => {
      await call('revoke-key', { id });
    },
    advanceClock: async (seconds) =>
      checkAnswer(clockSchema, await call('advance-clock', { advance_by: seconds }), 'advance-clock').now,
  };
}

/** A process group survives the process that started it, so on exit every process ends its groups. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endGroup(child);
});

function runVerb(
  command: string,
  verb: string,
  input: unknown,
  { timeoutMs = commandMs, baseUrl }: CommandOptions,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // A separate process group, so that everything the shell started ends together with the shell.
    const child = spawn(`${command} ${verb}`, {
      shell: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: environmentOf(baseUrl),
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const output: Buffer[] = [];
    let length = 0;
    const written = (): string => Buffer.concat(output).toString('utf8');
    const fail = (message: string): void => {
      const madeId = madeIdIn(documentIn(written(), verb), verb);
      reject(new ControlError(`the key control command ${message}`, { madeId }));
    };
    const giveUp = (message: string): void => {
      endGroup(child);
      // A process that keeps the pipe open is not waited for.
      child.stdout.destroy();
      fail(message);
    };
    const timer = setTimeout(() => giveUp(`did not finish ${verb} within ${timeoutMs} ms`), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostAnswerBytes) output.push(chunk);
      else giveUp(`writes more than ${mostAnswerBytes / 1024 / 1024} MiB for ${verb}`);
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => {
      running.delete(child);
      clearTimeout(timer);
      fail('cannot be started');
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      clearTimeout(timer);
      if (signal !== null) return fail(`was ended by ${signal} during ${verb}`);
      if (code !== 0) return fail(`ends ${verb} with exit code ${code}`);
      const answer = documentIn(written(), verb);
      if (answer === undefined && written().trim() !== '') {
        return fail(`answers ${verb} with something that is not JSON`);
      }
      resolve(answer);
    });
    child.stdin.end(JSON.stringify(input));
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/**
 * The environment of the command: that of the user's shell, with the target and what is meant for key control. It
 * contains no key and no other secret of the suite.
 */
function environmentOf(baseUrl: string | undefined): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => {
    // The command line sets it for its own test runner; a command may be one too.
    if (name === 'PW_DISABLE_TS_ESM') return false;
    return /^MUFI_(CONTROL_|BASE_URL$)/.test(name) || !/^(MUFI|CONFORMANCE)_/i.test(name);
  });
  return { ...Object.fromEntries(entries), ...defined({ MUFI_BASE_URL: baseUrl }) };
}
