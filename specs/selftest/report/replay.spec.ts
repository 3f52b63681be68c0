import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { repository } from '../support/cli.ts';
import { runReference } from '../support/engine.ts';

const section = 'Keys that a replay line asks for';

test('a replay line that asks for a key of key control says where to read how to make one', () => {
  const report = sampleReport('failing');
  const asking = (variable: string): string => {
    const replay = `curl -H "Authorization: Bearer \${${variable}:?needs a key}" http://target`;
    return renderHtml({ ...report, exchanges: report.exchanges.map((one) => ({ ...one, replay })) });
  };
  expect(asking('PREPARED_KEY')).toContain(`reports/README.md of the suite, “${section}”`);
  expect(asking('NEW_KEY')).toContain(`reports/README.md of the suite, “${section}”`);
  expect(asking('MUFI_WRITE_KEY')).not.toContain(section);
  expect(readFileSync(join(repository, 'reports/README.md'), 'utf8')).toContain(`\n### ${section}\n`);
});

/** The failing sample; every scenario has several steps, or none has. */
function failing(procedure: boolean): Report {
  const report = sampleReport('failing');
  return {
    ...report,
    requirements: report.requirements.map((requirement) => ({
      ...requirement,
      scenarios: requirement.scenarios.map((scenario) => ({
        ...scenario,
        ...(procedure ? { procedure: true as const } : {}),
      })),
    })),
  };
}

const command = /npm run -s replay -- [\w-]+\/[\w-]+\/[\w-]+/;

test('a card with several steps names the command that repeats all of them, in addition to the single line', () => {
  for (const render of [
    renderHtml,
    renderJUnit,
    (report: Report) => renderTerminal(report, { color: false, columns: 60, reportPath: 'x' }),
  ]) {
    expect(render(failing(true))).toMatch(command);
    expect(render(failing(true))).toContain('curl ');
    expect(render(failing(false))).not.toMatch(command);
  }
  const [fix] = fixesOf(failing(true)).failing;
  const [block] = fix?.blocks ?? [];
  expect(block?.steps).toBe(`npm run -s replay -- ${block?.scenario}`);
});

test('the scenarios that are marked are those with a procedure or a key that key control makes', async () => {
  const report = await runReference({}, { depth: 'quick', families: ['regeneration', 'permissions'] });
  const marked = report.requirements.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ id, procedure }) => (procedure === true ? [id] : [])),
  );
  expect(marked).toContain('regeneration/old-key-rejected-at-once/write-key');
  expect(marked).toContain('regeneration/linearizable/under-load');
  expect(marked).not.toContain('permissions/read-key-does-not-write/valid-request');
});
