import { expect, test } from '@playwright/test';
import { commandControl } from '../../../harness/control/command-control.ts';
import { ControlError } from '../../../harness/control/protocol.ts';
import { holdTarget, type Outcome, withinBounds } from '../support/hostile.ts';
import { startTwistedCommand } from '../support/hostile-control.ts';

test.describe.configure({ timeout: 60_000 });

/** What a key control command does once it has done what it is asked, in words behind "a command that". */
interface CommandRow extends Outcome {
  /** JavaScript: `say` writes, `pass` answers; see `startTwistedCommand`. */
  readonly script: string;
  /** Verbs that are not carried out. */
  readonly refuses?: string;
  /** Keys stay that nobody could revoke: why. */
  readonly leaves?: string;
}

const scenarios =
  /^token\/signature-verified\/zeros|^regeneration\/(revocation-at-once\/write-key|created-key)/;
const makes = "verb === 'create-key'";
const none = { cause: undefined } as const;
const untold = { ...none, leaves: 'no id was told' } as const;

const rows: readonly CommandRow[] = [
  { does: 'does what it is asked', script: 'pass();', exit: 0, ...none },
  { does: 'ends everything with exit code 1', script: 'pass(); process.exitCode = 1;', exit: 2, ...none },
  {
    does: 'ends the making of keys with exit code 255',
    script: `pass(); if (${makes}) process.exitCode = 255;`,
    exit: 2,
    ...none,
  },
  {
    does: 'ends revocations with exit code 1',
    script: "pass(); if (verb === 'revoke-key') process.exitCode = 1;",
    exit: 2,
    ...none,
  },
  {
    does: 'revokes no key',
    script: 'pass();',
    refuses: 'revoke-key',
    exit: 2,
    ...none,
    leaves: 'it refuses to',
  },
  {
    does: 'kills itself before it answers',
    script: "if (verb !== 'describe') process.kill(process.pid, 'SIGKILL'); pass();",
    exit: 2,
    ...untold,
  },
  {
    does: 'kills itself after it answered',
    script: `pass(); if (${makes}) setTimeout(() => process.kill(process.pid, 'SIGSEGV'), 20);`,
    exit: 2,
    ...none,
  },
  { does: 'answers nothing for a key', script: `if (!(${makes})) pass();`, exit: 2, ...untold },
  {
    does: 'says a line before and behind each answer',
    script: "say('loading {\\n'); pass(); say('\\ndone }\\n');",
    exit: 0,
    ...none,
  },
  {
    does: 'writes a log of JSON around each answer',
    script: 'say({ id: 1, level: "info" }); say("\\n"); pass(); say("\\n{\\"level\\":\\"warn\\"}\\n");',
    exit: 0,
    ...none,
  },
  { does: 'writes HTML', script: "say('<html>'); ", exit: 2, ...untold },
  { does: 'writes half an answer', script: 'say(text.slice(0, text.length / 2));', exit: 2, ...untold },
  {
    does: 'writes 3 MiB before each answer',
    script: "say('x'.repeat(3_000_000)); pass();",
    exit: 2,
    ...untold,
  },
  {
    does: 'prints for ever',
    script: `if (verb === 'describe') pass(); else for (;;) { if (!process.stdout.write('y\\n'.repeat(10_000))) await new Promise((resolve) => process.stdout.once('drain', resolve)); }`,
    exit: 2,
    ...untold,
  },
  {
    does: 'prints a key and then for ever',
    script: `pass(); if (${makes}) for (;;) { if (!process.stdout.write('y\\n'.repeat(10_000))) await new Promise((resolve) => process.stdout.once('drain', resolve)); }`,
    exit: 2,
    ...none,
  },
  {
    does: 'writes 10 MiB to standard error',
    script: "process.stderr.write('canary '.repeat(1_500_000)); pass();",
    exit: 0,
    ...none,
  },
  {
    does: 'answers keys that are not keys',
    script: `if (${makes}) say({ ...value, key: 'x' }); else pass();`,
    exit: 2,
    ...none,
  },
  {
    does: 'answers ids of 200,000 characters',
    script: `if (${makes}) say({ ...value, id: value.id + 'x'.repeat(200_000) }); else pass();`,
    exit: 2,
    ...untold,
  },
  {
    does: 'answers ids with shell in them',
    script: `if (${makes}) say({ ...value, id: "'; touch " + import.meta.dirname + "/stolen; '" }); else pass();`,
    exit: 2,
    ...untold,
  },
  {
    does: 'answers escapes for terminals',
    script: `if (${makes}) say({ ...value, key: '\\u001b[2J\\u009b' }); else pass();`,
    exit: 2,
    ...none,
  },
  {
    does: 'closes its output and goes on',
    script: 'pass(); process.stdout.end(); setTimeout(() => undefined, 300);',
    exit: 0,
    ...none,
  },
  {
    does: 'leaves a process behind that holds nothing',
    script: "pass(); spawn('sleep', ['1'], { stdio: 'ignore' }).unref();",
    exit: 0,
    ...none,
  },
  {
    does: 'shows what it finds in its environment',
    script: `if (verb === 'describe') say({ implementation: { name: Object.keys(process.env).filter((name) => /^(MUFI|CONFORMANCE)_/.test(name)).join(), version: '1' }, features: ['keys'] }); else pass();`,
    exit: 0,
    ...none,
  },
];

for (const row of rows) {
  test(`a command that ${row.does} comes to exit ${row.exit}, in time, without a key and without a process`, async () => {
    const report = await holdTarget(
      row,
      async () => {
        const target = await startTwistedCommand(row.script, (verb) => verb === row.refuses);
        if (row.leaves === undefined) return target;
        return { environment: target.environment, close: target.close };
      },
      scenarios,
    );
    expect(report.target.implementation?.name ?? '').not.toMatch(/KEY|TOKEN|SECRET/);
    expect(JSON.stringify(report)).not.toContain('canary');
  });
}

/** Commands that never end; a run gives each call a minute. */
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
      expect((error as Error).message).toBe('the key control command did not end create-key within 1000 ms');
    });
  });
}

test('every hostile command has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(20);
});
