import { expect, test } from '@playwright/test';
import { checkVerdict } from '../../../harness/attestation/check.ts';
import { CertificateRejection } from '../../../harness/attestation/errors.ts';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { readOptions } from '../../../harness/engine/configuration/options.ts';
import { runAll, runHeaderOf, runPreflight } from '../../../harness/engine/run/index.ts';
import { because } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { buildReport, type ReportInputs } from '../../../harness/report/build.ts';
import { compareReports, exitCodeOfComparison } from '../../../harness/report/compare/compare.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { catalogue } from '../../requirements/index.ts';
import { renamedRun } from '../support/renamed.ts';
import { family, header, operation, requirement, result } from '../support/reports.ts';

type Run = ReportInputs;

/** One read and one write operation show everything that the whole matrix shows. */
const operations = ['GET /v1/events/{IdOrReferenceId}', 'POST /v1/events/create', 'GET /v1/version'];

/** What the report of a run against a misbehaving reference server is built from. */
async function runWith(faults: readonly string[]): Promise<Run> {
  const server = await startReference({ faults });
  try {
    const target = readConfiguration(server.environment);
    const options = readOptions({});
    const look = await runPreflight({ target, baseUrl: server.url, options, catalogue });
    const states = look.state.operations.map((one) =>
      operations.includes(one.operation.id) ? one : { ...one, availability: 'absent' as const },
    );
    const results = await runAll(catalogue, { ...look.state, pauseMs: 20, operations: states }, undefined, 4);
    await look.finish();
    const made = { header: runHeaderOf(look.state, catalogue), catalogue, results };
    return { ...made, finishedAt: made.header.startedAt + 1000, suiteFaults: [] };
  } finally {
    await server.close();
  }
}

/** All decisions in a report, without any of its words. */
function decisionsOf(report: Report) {
  const { failing, warning, known } = fixesOf(report);
  return {
    verdict: report.verdict,
    exitCode: exitCodeOf(report),
    because: report.because?.code,
    hasCause: report.cause !== undefined,
    profiles: report.profiles.map(({ id, claimed, verdict }) => [id, claimed, verdict]),
    counts: report.counts,
    notTested: report.notTested.map(({ capability, requirements }) => [capability, requirements]),
    baseline: report.baseline?.entries.map(({ requirement: id, state }) => [id, state]),
    requirements: report.requirements.map(({ id, verdict, because: why, scenarios }) => [
      id,
      verdict,
      why?.code,
      scenarios.map((one) => [
        one.id,
        one.verdict,
        one.because?.code,
        one.cells.map((cell) => [cell.operation, cell.verdict, cell.because?.code, cell.findings.length]),
      ]),
    ]),
    ranking: [failing, warning, known].map((fixes) =>
      fixes.map((fix) => [
        fix.requirement.id,
        fix.consequenceOf,
        fix.kind,
        fix.blocks.map((one) => one.messages.length),
      ]),
    ),
    answerers: report.exchanges.map(({ id, seems }) => [id, seems?.inFront, seems?.cache !== undefined]),
  };
}

function comparisonOf(old: Report, now: Report) {
  const comparison = compareReports(old, now, { strict: false });
  return {
    exitCode: exitCodeOfComparison(comparison),
    outcome: comparison.outcome,
    sideBySide: comparison.sideBySide,
    counts: comparison.counts,
    requirements: comparison.requirements.map(({ id, change, consequence, fixFirst }) => [
      id,
      change,
      consequence,
      fixFirst,
    ]),
    answers: comparison.answers.length,
  };
}

/** All reasons that keep a report from getting a certificate. */
function certified(report: Report, embedded: boolean): string {
  try {
    checkVerdict(report, embedded);
    return 'certified';
  } catch (error) {
    if (error instanceof CertificateRejection) return 'refused';
    throw error;
  }
}

test('verdicts, exit codes, ranking and comparison stay when every sentence is another one', async () => {
  const [honest, broken] = [
    await runWith([]),
    await runWith(['signature-ignored', 'permission-ignored', 'unauthorized-as-html']),
  ];
  const made = [honest, broken].map((run) => [buildReport(run), buildReport(renamedRun(run))] as const);
  for (const [plain, other] of made) expect(decisionsOf(other)).toEqual(decisionsOf(plain));
  const [[fine, fineToo], [bad, badToo]] = made as [(typeof made)[0], (typeof made)[0]];
  expect(bad.verdict).toBe('nonconformant');
  expect(decisionsOf(bad).ranking[0]?.length).toBeGreaterThan(2);
  expect(comparisonOf(fineToo, badToo)).toEqual(comparisonOf(fine, bad));
  expect(comparisonOf(badToo, fineToo)).toEqual(comparisonOf(bad, fine));
  expect(badToo.requirements.filter(({ title }) => !title.startsWith('zz'))).toEqual([]);
});

const stopped = because('stopped-early', { because: because('no-answer', {}), scenarios: 5 });
const families = family(requirement('f/a'), requirement('f/b', { level: 'SHOULD' }));
const inputs = (more: Partial<Run>): Run => ({
  header: header(),
  catalogue: families,
  results: [result('f/a/one', 'pass'), result('f/b/one', 'pass')],
  finishedAt: header().startedAt + 1000,
  suiteFaults: [],
  ...more,
});
const left = { cells: [], requests: 0 };
const runs: readonly (readonly [what: string, run: Run])[] = [
  ['is against the embedded reference server', inputs({ header: header({ embedded: true }) })],
  ['is against another target', inputs({})],
  ['stopped early', inputs({ results: [result('f/a/one', 'inconclusive', { ...left, because: stopped })] })],
  ['had nothing to test', inputs({ header: header({ because: because('writers-forbidden') }), results: [] })],
  [
    'was left out in part',
    inputs({
      header: header({ options: { ...header().options, selection: 'f/a' } }),
      results: [result('f/a/one', 'not-tested', { ...left, because: because('no-key-control') })],
      leftOut: 'only -g f/a was selected',
    }),
  ],
  [
    'had key control that refused',
    inputs({ header: header({ refusals: [because('control-failed', { message: 'no' })] }) }),
  ],
  [
    'found an operation shut',
    inputs({
      header: header({
        target: {
          baseUrl: 'http://target',
          operations: [{ ...operation('read'), because: because('answers-write-key', { status: 403 }) }],
        },
      }),
    }),
  ],
];

for (const [what, run] of runs) {
  test(`a run that ${what} comes to the same in other words`, () => {
    const [plain, other] = [buildReport(run), buildReport(renamedRun(run))];
    expect(decisionsOf(other)).toEqual(decisionsOf(plain));
    expect(comparisonOf(other, other)).toEqual(comparisonOf(plain, plain));
    for (const embedded of [true, false]) expect(certified(other, embedded)).toBe(certified(plain, embedded));
  });
}

test('a certificate is given to the embedded reference server under its own name only, in any words', () => {
  const run = inputs({ header: header({ embedded: true }) });
  const other = buildReport(renamedRun(run));
  // The words of the report as a whole too.
  const renamed = { ...other, reason: 'zz' };
  expect([certified(renamed, true), certified(renamed, false)]).toEqual(['certified', 'refused']);
});
