import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { replayWith } from '../../../harness/cli/replay-evidence.ts';
import type { RecordedAnswer } from '../../../harness/engine/evidence/cassette.ts';
import { type Evidence, packEvidence } from '../../../harness/engine/evidence/evidence.ts';
import type { Family } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { certifiedAnyway, only, type RecordedRun, recordRun } from '../support/recorded.ts';

test.describe.configure({ mode: 'default' });

let families: Family[];
let honest: RecordedRun;

test.beforeAll('a small run is recorded', async () => {
  families = only('token/signature-present');
  honest = await recordRun({}, families);
});

/** The result of verifying a signed report with this change, and everything made from it. */
function reporting(change: (report: Report) => unknown): Promise<string> {
  const report = structuredClone(honest.report);
  change(report);
  return certifiedAnyway({ ...honest, report }, families);
}

/** The same for evidence, with the report that this suite makes of it. */
async function recording(change: (evidence: Evidence) => unknown): Promise<string> {
  const evidence = structuredClone(honest.evidence);
  change(evidence);
  const { durationMs } = honest.report;
  const report = await replayWith(families)(packEvidence(evidence), durationMs, () => undefined);
  return certifiedAnyway({ ...honest, evidence, report }, families);
}

const incomplete = 'the run was not complete: a certificate needs depth full, mode full and every scenario';
const never: [what: string, change: (report: Report) => unknown, sentence: string][] = [
  ['at depth quick', ({ options }) => (options.depth = 'quick'), incomplete],
  ['in mode observe', ({ options }) => (options.mode = 'observe'), incomplete],
  ['in mode reject-only', ({ options }) => (options.mode = 'reject-only'), incomplete],
  ['of selected scenarios', ({ options }) => (options.selection = 'token'), incomplete],
  [
    'without the profile core',
    ({ profiles }) => (profileOf(profiles, 'core').claimed = false),
    'the profile core is not claimed',
  ],
  [
    'with a claimed profile that is open',
    ({ profiles }) => Object.assign(profileOf(profiles, 'lifecycle'), { claimed: true, verdict: 'partial' }),
    'the profile lifecycle is claimed and partial',
  ],
  [
    'with a known failure',
    ({ requirements }) => (requirements[0]!.verdict = 'known'),
    'the run had a baseline, which a certificate does not allow',
  ],
  [
    'that came to partial',
    (report) => (report.verdict = 'partial'),
    'the verdict of the run is partial, not conformant',
  ],
  [
    'against the embedded reference server that the certificate does not name',
    (report) => (report.target.embedded = true),
    'the run tested the embedded reference server, but the certificate does not say so',
  ],
];

function profileOf(profiles: Report['profiles'], name: string): Report['profiles'][number] {
  return profiles.find(({ id }) => id === name)!;
}

for (const [what, change, sentence] of never) {
  test(`a run ${what} is refused, whoever signs its certificate`, async () => {
    expect(await reporting(change)).toBe(sentence);
  });
}

test('a certificate is issued within an hour after its run, which ended after it started', async () => {
  const startedAgo = (ms: number) => (evidence: Evidence) => (evidence.start.startedAt -= ms);
  expect(await recording(startedAgo(3_500_000))).toBe('verified');
  expect(await recording(startedAgo(3_700_000))).toBe(
    'the certificate was issued more than an hour after its run, so it is not from that run',
  );
  expect(await reporting((report) => (report.durationMs = -1))).toBe('the run ended before it started');
});

test('exchanges take place during the run and end after they start, whoever signs them', async () => {
  const { exchanges: shown, durationMs } = honest.report;
  const { id } = shown.at(-1)!;
  const timed = (change: (answer: RecordedAnswer, originMs: number) => unknown): Promise<string> =>
    recording(({ cassettes }) => {
      const isIt = (one: object): one is RecordedAnswer => 'id' in one && one.id === id;
      const { exchanges, originMs } = cassettes.find((cassette) => cassette.exchanges.some(isIt))!;
      change(exchanges.find(isIt)!, originMs);
    });
  const complaint = `the exchange ${id} of the evidence did not take place during the run`;
  const startsAt = (ms: number) => timed((answer, originMs) => (answer.startedMs = originMs + ms));
  const endsAt = (ms: number) => timed((answer, originMs) => (answer.endedMs = originMs + ms));
  expect([await startsAt(-500), await startsAt(-1_500)]).toEqual(['verified', complaint]);
  expect([await endsAt(durationMs + 500), await endsAt(durationMs + 1_500)]).toEqual(['verified', complaint]);
  expect(await timed((answer) => (answer.endedMs = answer.startedMs - 1))).toBe(complaint);
});

type ShownExchange = Report['exchanges'][number];
const otherwise: [what: string, change: (exchange: ShownExchange) => unknown][] = [
  ['another body', ({ response }) => (response!.body = '{"error":"none"}')],
  ['another header', ({ response }) => response!.headers.push(['x-checked', 'yes'])],
  ['another status', ({ response }) => (response!.status = 418)],
  ['another address', ({ request }) => (request.url += '?')],
  ['another credential', ({ credential }) => (credential.description = 'no credential')],
  ['another line to repeat it', (exchange) => (exchange.replay += ' --insecure')],
];

for (const [what, change] of otherwise) {
  test(`an exchange that is shown with ${what} is refused, whoever signs it`, async () => {
    const { id } = honest.report.exchanges.at(-1)!;
    expect(await reporting(({ exchanges }) => change(exchanges.at(-1)!))).toBe(
      `the exchange ${id} differs between report.json and the evidence`,
    );
  });
}

test('an exchange that nobody recorded is refused, and one that is left out, whoever signs it', async () => {
  const { id } = honest.report.exchanges.at(-1)!;
  expect(await reporting(({ exchanges }) => exchanges.push({ ...exchanges[0]!, id: 'more' }))).toBe(
    'report.json shows the exchange more, which is not in the evidence',
  );
  expect(await reporting(({ exchanges }) => exchanges.pop())).toBe(
    `report.json does not show the exchange ${id} of the evidence`,
  );
});

for (const name of ['report.json', 'report.html', 'junit.xml', 'summary.md', 'badge.json']) {
  test(`an edited ${name} is refused`, async () => {
    expect(await certifiedAnyway(honest, families, (folder) => appendFile(join(folder, name), ' '))).toBe(
      `${name} is not what this suite writes for the report: it was edited`,
    );
  });
}

test('a folder needs its report, its page and its evidence, and no other file', async () => {
  const without = (name: string): Promise<string> =>
    certifiedAnyway(honest, families, (folder) => rm(join(folder, name)));
  for (const name of ['junit.xml', 'summary.md', 'badge.json']) expect(await without(name)).toBe('verified');
  for (const name of ['report.json', 'report.html', 'evidence.json.gz']) {
    expect(await without(name)).toBe(`${name} is missing in the folder`);
  }
});
