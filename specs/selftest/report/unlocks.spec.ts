import { expect, test } from '@playwright/test';
import { testedInPartOf } from '../../../.github/scripts/gate-rules.ts';
import { unlockOf } from '../../../harness/engine/configuration/unlocks.ts';
import type { Capability } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { family, header, report, requirement, result, scenario } from '../support/reports.ts';

/** A report of a run that lacks exactly one capability. */
function without(capability: Capability): Report {
  const { sentence, variables } = unlockOf(capability);
  const parts = { scenarios: [scenario('one'), scenario('more', { needs: [capability] })] };
  return report(
    family(
      requirement('f/part', parts),
      requirement('f/none', { profile: 'lifecycle', needs: [capability] }),
    ),
    [
      result('f/part/one', 'pass'),
      result('f/part/more', 'not-tested', { cells: [] }),
      result('f/none/one', 'not-tested', { cells: [] }),
    ],
    {
      header: header({
        capabilities: [[capability, 'missing']],
        unlocks: [{ capability, sentence, variables: [...variables] }],
      }),
    },
  );
}

/** The terminal text in one line; another test covers the wrapping. */
const terminal = (made: Report): string =>
  renderTerminal(made, { color: false, reportPath: 'r', columns: 120 }).replaceAll(/\s+/g, ' ');
const control = 'MUFI_CONTROL_URL with MUFI_CONTROL_TOKEN, or MUFI_CONTROL_COMMAND';
const ways: readonly [Capability, string][] = [
  ['revoked-key', `MUFI_REVOKED_KEY, or ${control}`],
  ['other-project-keys', `MUFI_OTHER_PROJECT_WRITE_KEY with MUFI_OTHER_PROJECT_READ_KEY, or ${control}`],
  ['long-lived-key', 'MUFI_LONG_LIVED_KEY'],
  ['other-token', 'MUFI_OTHER_TOKEN'],
  ['clock', control],
];

for (const [capability, way] of ways) {
  test(`what is set together unlocks ${capability}, and every rendering says so`, () => {
    const made = without(capability);
    const sentence = unlockOf(capability).sentence.replace(/\.$/, '');
    expect(terminal(made)).toContain(
      `○ ${capability}: 1 requirement not tested, 1 other in part. ${sentence} (${way}).`,
    );
    expect(renderSummary(made).replaceAll(/[`\\]/g, '')).toContain(`${sentence}. ${way}`);
    expect(renderHtml(made).replaceAll(/<\/?code>/g, '')).toContain(`<span class="variables">${way}</span>`);
    expect(testedInPartOf(made, ['core']).join()).toContain(`${sentence.slice(1)} (${way})`);
    const { reason } = made.profiles.find(({ id }) => id === 'lifecycle')!;
    expect(reason).toContain(`(${way})`);
  });
}

test('https is unlocked by another URL, not by a variable that is set already', () => {
  const made = without('https');
  expect(terminal(made)).toContain('in part. Set MUFI_BASE_URL to an https URL. ');
  expect(testedInPartOf(made, ['core']).join()).toMatch(/set MUFI_BASE_URL to an https URL$/);
});

test('what is a feature of key control says which feature it has to list', () => {
  for (const feature of ['clock', 'expiring-keys'] as const) {
    const made = without(feature);
    const listed = `key control that lists the feature "${feature}" (${control})`;
    expect(made.profiles.find(({ id }) => id === 'lifecycle')?.reason).toBe(`f/none needs ${listed}`);
    expect(terminal(made)).toContain(`that lists the feature "${feature}" (${control}).`);
  }
});

test('lifecycle without an old key and a clock says in one line how a test server makes one', () => {
  const line =
    'Offer the feature "clock" in key control, or set a key that was issued at least 30 days ago; a test server can sign one with such an "iat" (MUFI_LONG_LIVED_KEY).';
  const made = without('long-lived-key');
  expect(terminal(made)).toContain(line);
  expect(renderHtml(made).replaceAll('&quot;', '"')).toContain(line.slice(0, line.indexOf(' (')));
});
