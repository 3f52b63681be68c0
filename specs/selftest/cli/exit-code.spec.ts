import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { exitCodeIn } from '../../../harness/cli/exit-code.ts';
import { sampleReport } from '../samples/report-sample.ts';

for (const [variant, exitCode] of [
  ['conformant', 0],
  ['failing', 1],
] as const) {
  test(`the ${variant} report of a run is its exit code ${exitCode}, and no other run's`, async () => {
    const directory = test.info().outputPath();
    expect(await exitCodeIn(directory, 'any')).toBeUndefined();
    const report = sampleReport(variant);
    await writeFile(test.info().outputPath('report.json'), JSON.stringify(report));
    expect(await exitCodeIn(directory, report.runId)).toBe(exitCode);
    expect(await exitCodeIn(directory, 'another')).toBeUndefined();
  });
}

test('what is no report has no exit code', async () => {
  for (const text of ['', '{}', 'null', '{"runId":"a","verdict":"conformant"}']) {
    await writeFile(test.info().outputPath('report.json'), text);
    expect(await exitCodeIn(test.info().outputPath(), 'a'), text).toBeUndefined();
  }
});
