import { expect, test } from '@playwright/test';
import { commandControl } from '../../../harness/engine/key-control/command-control.ts';
import { ControlError } from '../../../harness/engine/key-control/protocol.ts';
import { tracked } from '../../../harness/engine/key-control/tracked.ts';
import { withinBounds } from '../support/hostile.ts';
import { startTwistedCommand } from '../support/hostile-control.ts';
import { leaked } from '../support/keys.ts';

test.describe.configure({ timeout: 60_000 });

/** What a key control command does after it has done what it was asked, as words that follow "a command that". */
interface CommandRow {
  readonly does: string;
  /** The message if no key can be made; undefined if the key is made. */
  readonly refused: RegExp | undefined;
  /** JavaScript: `say` writes, `pass` answers; see `startTwistedCommand`. */
  readonly script: string;
  /** Verbs that are not carried out. */
  readonly refuses?: string;
  /** Why keys remain that nobody could revoke. */
  readonly leaves?: string;
}

const makes = "verb === 'create-key'";
const untold = { leaves: 'no id was told' } as const;
const forever =
  "for (;;) { if (!process.stdout.write('y\\n'.repeat(10_000))) await new Promise((resolve) => process.stdout.once('drain', resolve)); }";

const rows: readonly CommandRow[] = [
  { does: 'does what it is asked', script: 'pass();', refused: undefined },
  {
    does: 'ends everything with exit code 1',
    script: 'pass(); process.exitCode = 1;',
    refused: /exit code 1$/,
  },
  {
    does: 'ends the making of keys with exit code 255',
    script: `pass(); if (${makes}) process.exitCode = 255;`,
    refused: /exit code 255$/,
  },
  {
    does: 'ends revocations with exit code 1',
    script: "pass(); if (verb === 'revoke-key') process.exitCode = 1;",
    refused: undefined,
  },
  {
    does: 'revokes no key',
    script: 'pass();',
    refuses: 'revoke-key',
    refused: undefined,
    leaves: 'it refuses to',
  },
  {
    does: 'kills itself before it answers',
    script: "if (verb !== 'describe') process.kill(process.pid, 'SIGKILL'); pass();",
    refused: /SIGKILL|exit code 137/,
    ...untold,
  },
  {
    does: 'kills itself after it answered',
    script: `pass(); if (${makes}) setTimeout(() => process.kill(process.pid, 'SIGSEGV'), 20);`,
    refused: /SIGSEGV|exit code 139/,
  },
  {
    does: 'answers nothing for a key',
    script: `if (!(${makes})) pass();`,
    refused: /unexpected the answer/,
    ...untold,
  },
  {
    does: 'says a line before and behind each answer',
    script: "say('loading {\\n'); pass(); say('\\ndone }\\n');",
    refused: undefined,
  },
  {
    does: 'writes a log of JSON around each answer',
    script:
      'say({ id: "a", level: "info" }); say("\\n"); pass(); say("\\n{\\"id\\":\\"b\\",\\"level\\":\\"warn\\"}\\n");',
    refused: undefined,
  },
  { does: 'writes HTML', script: "say('<html>'); ", refused: /not JSON$/, ...untold },
  {
    does: 'writes half an answer',
    script: 'say(text.slice(0, text.length / 2));',
    refused: /not JSON$/,
    ...untold,
  },
  {
    does: 'writes 3 MiB before each answer',
    script: "say('x'.repeat(3_000_000)); pass();",
    refused: /more than 1 MiB/,
    ...untold,
  },
  {
    does: 'prints for ever',
    script: `${forever}`,
    refused: /more than 1 MiB/,
    ...untold,
  },
  {
    does: 'prints a key and then for ever',
    script: `pass(); if (${makes}) ${forever}`,
    refused: /more than 1 MiB/,
  },
  {
    does: 'writes 10 MiB to standard error',
    script: "process.stderr.write('canary '.repeat(1_500_000)); pass();",
    refused: undefined,
  },
  {
    does: 'answers keys that are not keys',
    script: `if (${makes}) say({ ...value, key: 'x' }); else pass();`,
    refused: /not a signed JWT$/,
  },
  {
    does: 'answers ids of 200,000 characters',
    script: `if (${makes}) say({ ...value, id: value.id + 'x'.repeat(200_000) }); else pass();`,
    refused: /longer than 1000 characters$/,
    ...untold,
  },
  {
    does: 'answers ids with shell in them',
    script: `if (${makes}) say({ ...value, id: "'; touch " + import.meta.dirname + "/stolen; '" }); else pass();`,
    refused: undefined,
    ...untold,
  },
  {
    does: 'answers escapes for terminals',
    script: `if (${makes}) say({ ...value, key: '\\u001b[2J\\u009b' }); else pass();`,
    refused: /not a signed JWT$/,
  },
  {
    does: 'closes its output and goes on',
    script: 'pass(); process.stdout.end(); setTimeout(() => undefined, 300);',
    refused: undefined,
  },
  {
    does: 'leaves a process behind that holds nothing',
    script: "pass(); spawn('sleep', ['1'], { stdio: 'ignore' }).unref();",
    refused: undefined,
  },
];

for (const { does, refused, script, refuses, leaves } of rows) {
  const outcome = refused === undefined ? 'makes a key' : 'makes no key that counts';
  test(`a command that ${does} ${outcome}, in time, and leaves neither a key nor a process`, async () => {
    const target = await startTwistedCommand(script, (verb) => verb === refuses);
    const keys: string[] = [];
    try {
      await withinBounds(async () => {
        const { MUFI_CONTROL_COMMAND: command = '', MUFI_BASE_URL: baseUrl } = target.environment;
        const control = tracked(commandControl(command, { baseUrl, timeoutMs: 20_000 }), (key) =>
          keys.push(key),
        );
        const told = await control.createKey({ permission: 'write' }).then(
          () => 'made',
          (reason: unknown) => reason,
        );
        if (refused === undefined) expect(told).toBe('made');
        else {
          expect(told).toBeInstanceOf(ControlError);
          const { message } = told as ControlError;
          expect(message).toMatch(refused);
          expect(message.length).toBeLessThan(200);
          expect(message).not.toMatch(/[\p{Cc}]|canary/u);
          for (const key of keys) expect(leaked(message, key)).toEqual([]);
        }
        await control.revokeLeftovers();
      });
      if (leaves === undefined) expect(await target.active?.()).toEqual([]);
    } finally {
      await target.close();
    }
  });
}

/** Commands that never end; a run allows each call one minute. */
const endless: readonly (readonly [does: string, command: string])[] = [
  ['sleeps', 'sleep 600 #'],
  ['ignores every signal that can be ignored', "trap '' INT TERM HUP; sleep 600 & wait; #"],
  ['reads its input for ever', 'tail -f /dev/null #'],
  ['leaves another process that holds its output open', "sleep 600 & echo '{}' #"],
  ['stops itself', 'kill -STOP $$ #'],
];

for (const [does, command] of endless) {
  test(`a command that ${does} is ended with everything that it started`, async () => {
    await withinBounds(async () => {
      const call = commandControl(command, { timeoutMs: 1000 }).createKey({ permission: 'write' });
      const error: unknown = await call.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ControlError);
      expect((error as Error).message).toBe(
        'the key control command did not finish create-key within 1000 ms',
      );
    });
  });
}

test('every hostile command has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(20);
});
