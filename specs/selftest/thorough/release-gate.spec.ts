import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { runAction } from '../support/action.ts';
import { reportIn } from '../support/cli.ts';
import { WorkflowSteps } from '../support/workflow-step.ts';

const inTest = (name: string): string => test.info().outputPath(name);

test('two parts become one report, which is conformant; being quick keeps the gate closed all the same', async () => {
  const server = await startReference();
  try {
    const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
    const given = { 'base-url': server.url, profiles: 'core', depth: 'quick' };
    for (const shard of ['1/2', '2/2']) {
      const out = `parts/release-gate-part-${shard[0]}`;
      const part = await runAction(inTest(''), { ...given, shard, out }, keys);
      expect(part.exitCode, part.stdout + part.stderr).toBe(0);
      expect(part.outputs).toEqual({ verdict: 'partial', 'exit-code': '2', report: `${out}/report.json` });
      expect(part.stdout).not.toMatch(/^::(error|warning)/m);
      expect(existsSync(inTest('step-summary.md'))).toBe(false);
    }
    const steps = new WorkflowSteps(inTest('github'));
    const asked = { BASE_URL: server.url, PROFILES: 'core', GITHUB_ACTIONS: 'true' };
    const gate = await steps.step('gate.sh', [inTest('parts'), '2', inTest('merged')], asked);
    expect(gate.outputs, gate.stdout + gate.stderr).toEqual({ verdict: 'conformant', 'exit-code': '1' });
    expect(gate.exitCode).toBe(1);
    expect(gate.stdout.match(/^::error .*$/gm)).toEqual([
      '::error title=Release gate::The run had depth quick and mode full; a release needs depth full and mode full.',
    ]);
    // As .github/WORKFLOWS.md says about a run with only the two keys.
    expect(gate.stdout.match(/^::warning .*$/gm)).toEqual([
      expect.stringMatching(
        /tested in part::.*%0Atoken\/signature-covers-content: .*MUFI_OTHER_PROJECT_WRITE_KEY/,
      ),
    ]);
    const report = await reportIn(inTest('merged'));
    expect(report).toMatchObject({ verdict: 'conformant', target: { baseUrl: server.url } });
  } finally {
    await server.close();
  }
});
