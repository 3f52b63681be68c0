import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { fixesOf } from '../../../../harness/report/findings/ranking.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { type EngineOptions, runEngine, runReference } from '../../support/engine.ts';

test.describe.configure({ timeout: 120_000 });

const siblings = 'regeneration/siblings-untouched';
const quick: EngineOptions = { depth: 'quick' };

/** Exit code, verdict, and the requirement of the first card. */
function outcomeOf(report: Report): unknown[] {
  return [exitCodeOf(report), report.verdict, fixesOf(report).failing[0]?.requirement.id];
}

function messagesOf(report: Report, id: string): string[] {
  const found = report.requirements.find((requirement) => requirement.id === id);
  return (found?.scenarios ?? []).flatMap(({ cells }) =>
    cells.flatMap(({ findings }) => findings.map(({ message }) => message)),
  );
}

for (const [fault, scenario, died] of [
  ['regenerate-ends-all-of-permission', 'after-regeneration', /write key 2 made by the suite gets 401/],
  ['regenerate-read-ends-writers', 'after-regeneration', /write key \d made by the suite gets 401/],
  ['revoke-ends-all-of-permission', 'after-revocation', /write key \d made by the suite gets 401/],
  [
    'regenerate-changes-siblings',
    'after-regeneration',
    // A key of each permission is regenerated at the same time, and the last one decides what the siblings may do.
    /(read key \d made by the suite gets 404 on .*, where it was rejected|write key \d made by the suite gets 403 on .*, where it was accepted) before/,
  ],
  ['create-ends-oldest', 'after-creation', /write key 1 made by the suite gets 401/],
  ['regenerate-ends-other-projects', 'after-regeneration', /MUFI_WRITE_KEY gets 401/],
] as const) {
  test(`${fault} is a finding with what was done and what died`, async () => {
    const report = await runReference({ faults: [fault] }, quick);
    expect(outcomeOf(report)).toEqual([1, 'nonconformant', siblings]);
    const failing = report.requirements
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap(({ scenarios }) => scenarios.filter(({ verdict }) => verdict === 'fail'));
    expect(failing.map(({ id }) => id)).toEqual([`${siblings}/${scenario}`]);
    expect(messagesOf(report, siblings).join('\n')).toMatch(died);
    const shown = new Set(report.exchanges.map(({ id }) => id));
    for (const { exchanges } of failing.flatMap(({ cells }) => cells)) {
      expect(exchanges.length).toBeGreaterThan(0);
      expect(exchanges.filter((id) => !shown.has(id))).toEqual([]);
    }
  });
}

for (const fault of [
  'guesses-lock-key',
  'guesses-lock-key-for-a-minute',
  'guesses-lock-project',
  'guesses-lock-everybody',
]) {
  test(`${fault} is a finding with key control`, async () => {
    const report = await runReference({ faults: [fault] }, quick);
    expect(outcomeOf(report)).toEqual([1, 'nonconformant', 'token/key-survives-guesses']);
  });

  test(`${fault} is a finding with the two keys alone`, async () => {
    const server = await startReference({ faults: [fault] });
    const { write, read } = server.keys;
    try {
      const environment = { MUFI_BASE_URL: server.url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read };
      const report = await runEngine(environment, quick);
      expect(outcomeOf(report)).toEqual([1, 'nonconformant', 'token/key-survives-guesses']);
    } finally {
      await server.close();
    }
  });
}
