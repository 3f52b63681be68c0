import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { repository } from '../support/cli.ts';

const section = 'Keys that a replay line asks for';

test('a replay line that asks for a key that key control made says where it is told how to make one', () => {
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
