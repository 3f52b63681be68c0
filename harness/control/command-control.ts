import { type ChildProcess, spawn } from 'node:child_process';
import {
  type Control,
  ControlError,
  checkAnswer,
  clockSchema,
  controlledKeySchema,
  descriptionSchema,
  projectSchema,
} from './protocol.ts';

/**
 * Key control behind a command: it is run by the shell with a verb as its last argument and JSON on standard
 * input, and answers JSON on standard output. What it writes to standard error is not shown: it could hold a key.
 */
export function commandControl(command: string, timeoutMs: number): Control {
  const call = (verb: string, input: unknown): Promise<unknown> => runVerb(command, verb, input, timeoutMs);
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

/** A group of its own outlives whoever started it, so the last thing that a process does is to end them. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endGroup(child);
});

function runVerb(command: string, verb: string, input: unknown, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // A process group of its own, so that what the shell started ends together with the shell.
    const child = spawn(`${command} ${verb}`, {
      shell: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: inherited(),
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const output: Buffer[] = [];
    const timer = setTimeout(() => {
      endGroup(child);
      reject(new ControlError(`the key control command did not end ${verb} within ${timeoutMs} ms`));
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', () => {
      running.delete(child);
      reject(new ControlError('the key control command cannot be started'));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      clearTimeout(timer);
      if (signal !== null) {
        reject(new ControlError(`the key control command is ended by ${signal} at ${verb}`));
        return;
      }
      if (code !== 0) {
        reject(new ControlError(`the key control command ends ${verb} with exit code ${code}`));
        return;
      }
      const text = Buffer.concat(output).toString('utf8').trim();
      try {
        resolve(text === '' ? undefined : JSON.parse(text));
      } catch {
        reject(new ControlError(`the key control command answers ${verb} with something that is not JSON`));
      }
    });
    child.stdin.end(JSON.stringify(input));
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended a moment ago.
  }
}

/** The command gets the environment of a person's shell, without what the suite hands to its own processes. */
function inherited(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('CONFORMANCE_'));
  return Object.fromEntries(entries);
}
