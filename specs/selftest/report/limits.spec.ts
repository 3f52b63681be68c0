import { expect, test } from '@playwright/test';
import { verifiedInWords } from '../../../harness/cli/verify.ts';
import { unlockOf } from '../../../harness/engine/configuration/unlocks.ts';
import type { Capability } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import type { ReportInputs } from '../../../harness/report/build.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { exitCodeOf, limitsInWords } from '../../../harness/report/run-verdict.ts';
import { family, header, operation, report, requirement, result, scenario } from '../support/reports.ts';

const lacking: readonly Capability[] = ['key-control', 'replicas'];
const catalogue = family(
  requirement('f/selected', { needs: ['key-control'] }),
  requirement('f/other', { needs: ['key-control'] }),
  requirement('f/replicas', { needs: ['replicas'] }),
);

/** A run with `-g selected` in which one scenario has a result without a cell. */
function selecting(verdict: 'not-tested' | 'not-applicable', reason: string): Report {
  const leftOut = 'only -g selected was selected';
  return report(catalogue, [result('f/selected/one', verdict, { cells: [], requests: 0, reason })], {
    leftOut,
    header: header({
      options: { profiles: [], depth: 'full', mode: 'full', strict: false, selection: 'selected' },
      capabilities: lacking.map((capability) => [capability, 'missing']),
      unlocks: lacking.map((capability) => {
        const { sentence, variables } = unlockOf(capability);
        return { capability, sentence, variables: [...variables] };
      }),
    }),
  });
}

test('if nothing that was selected can be tested, the run says why and what to set, and stays an error', () => {
  const made = selecting('not-tested', 'this run has no key-control');
  const said =
    'the scenarios that -g selected selects need something that is not configured: this run has no key-control; to test it, offer key control (schemas/control.openapi.yaml) and set its URL and token, or set a command (MUFI_CONTROL_URL with MUFI_CONTROL_TOKEN, or MUFI_CONTROL_COMMAND)';
  expect([made.verdict, made.reason, exitCodeOf(made)]).toEqual(['inconclusive', said, 3]);
  for (const text of [
    renderTerminal(made, { color: false, reportPath: 'r', columns: 120 }),
    renderSummary(made),
    renderHtml(made),
  ]) {
    expect(text).not.toMatch(/fault of the suite|suite itself failed/i);
  }
});

test('if nothing that was selected applies, nothing has to be set', () => {
  const made = selecting('not-applicable', 'the target has no clock');
  expect([made.reason, exitCodeOf(made)]).toEqual([
    'no scenario that -g selected selects applies to this target: the target has no clock',
    3,
  ]);
});

test('a target that went away before the first cell could be decided is no fault of the suite', () => {
  const reason = 'the control request fails: the connection is refused';
  const made = report(
    catalogue,
    [result('f/selected/one', 'inconclusive', { cells: [], requests: 1, reason })],
    { leftOut: 'only -g selected was selected', header: header({}) },
  );
  expect([made.verdict, made.reason, exitCodeOf(made)]).toEqual(['inconclusive', reason, 2]);
});

test('what -g left out does not wait for anything', () => {
  const { notTested } = selecting('not-tested', 'this run has no key-control');
  expect(notTested.map(({ capability, requirements }) => [capability, requirements])).toEqual([
    ['key-control', ['f/selected']],
  ]);
});

/** What a run at depth quick in mode reject-only says about requirements with one result each. */
function reduced(verdicts: readonly ('pass' | 'fail' | 'not-tested')[], more: Partial<ReportInputs> = {}) {
  const ids = verdicts.map((_, index) => `f/${index}`);
  const options = { depth: 'quick', mode: 'reject-only', strict: false } as const;
  return report(
    family(...ids.map((id) => requirement(id))),
    verdicts.map((verdict, index) => result(`${ids[index]}/one`, verdict)),
    { ...more, header: header({ options: { ...options, profiles: [] } }) },
  );
}

for (const [made, verdict, reason] of [
  [reduced(['pass']), 'conformant', 'the target http://target keeps every MUST of core'],
  [reduced(['fail', 'pass']), 'nonconformant', 'the target http://target breaks "Sentence of f/0" (f/0)'],
  [reduced(['pass', 'not-tested']), 'partial', 'core: f/1 was not tested'],
  [
    reduced(['pass'], { leftOut: 'only -g f/ was selected' }),
    'partial',
    'not everything ran: only -g f/ was selected',
  ],
  [
    reduced(['fail'], { interrupted: true, leftOut: 'the run was interrupted after 1 of 2 scenarios' }),
    'partial',
    'the run was interrupted after 1 of 2 scenarios; until then the target http://target breaks "Sentence of f/0" (f/0)',
  ],
] as const) {
  test(`a ${verdict} verdict names depth and mode if they are not full: ${reason}`, () => {
    const limits =
      'depth quick: the scenarios that catch the most faults, on one read and one write operation; mode reject-only';
    expect([made.verdict, made.reason]).toEqual([verdict, `${reason} (${limits})`]);
    const terminal = renderTerminal(made, { color: false, reportPath: 'r', columns: 120 });
    for (const text of [terminal, renderSummary(made)]) {
      expect(text.replaceAll(/[`\\]/g, '').replaceAll(/\s+/g, ' ')).toContain(limits);
    }
  });
}

test('what decides nothing from what was tried names no mode', () => {
  const leftOut = 'the run was interrupted before any scenario ended';
  expect(reduced([], { interrupted: true, leftOut }).reason).toBe(leftOut);
});

test('what a certificate says reaches as far as the verdict of its report', () => {
  const operations = [operation('read'), operation('write', 'absent')];
  const made = report(
    family(
      requirement('f/part', { scenarios: [scenario('one'), scenario('more', { needs: ['replicas'] })] }),
    ),
    [result('f/part/one', 'pass'), result('f/part/more', 'not-tested', { cells: [] })],
    { header: header({ target: { baseUrl: 'http://target', operations } }) },
  );
  const limits = ' (1 of 2 operations; without POST /v1/write; tested in part: f/part)';
  expect(limitsInWords(made)).toBe(limits);
  const implementation = { name: 'Example', version: '1', contact: 'a@example.com' };
  expect(verifiedInWords(implementation, made)).toBe(
    `Verified: Example 1 keeps the contract in core${limits}.`,
  );
});

for (const [surelySeenMs, limits] of [
  [
    92.3,
    ' (an old key that works for less than 93 ms after its regeneration is seen with less than 99 % certainty)',
  ],
  [4.7, ''],
] as const) {
  test(`a conformant verdict names how short a time an old key may work unseen, if it is long: ${surelySeenMs} ms`, () => {
    const uses = [{ startMs: 100, endMs: 180, accepted: false }];
    const timeline = { regenerationEndMs: 80, longestStalenessMs: 0, surelySeenMs, uses };
    const made = report(family(requirement('f/old-key')), [result('f/old-key/one', 'pass', { timeline })]);
    expect(made.reason).toBe(`the target http://target keeps every MUST of core${limits}`);
    expect(limitsInWords(made)).toBe(limits);
  });
}
