import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { conformance } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

test.describe.configure({ timeout: 180_000 });

/**
 * A forged key, a permission and a revoked key: what a reader must see first. The second needs an operation of its own.
 */
const told = [
  ['alg-none-accepted', 'token/algorithm-none-rejected', 'let-in', 'POST /v1/users/create', 'quick', []],
  [
    'put-unchecked',
    'permissions/read-key-does-not-write',
    'let-in',
    'PUT /v1/events/update',
    'full',
    ['@thorough'],
  ],
  [
    'restart-forgets-revocations',
    'regeneration/revoked-key-rejected',
    'let-in',
    'POST /v1/users/profile',
    'quick',
    ['@thorough'],
  ],
] as const;

for (const [fault, requirement, kind, operation, depth, tag] of told) {
  test(`${fault} ends with 1 and is at the top of the report as ${requirement}`, {
    tag: [...tag],
  }, async () => {
    const server = await startReference({ faults: [fault] });
    const out = test.info().outputPath('report');
    const { exitCode, stdout, stderr, report } = await conformance(out, ['--depth', depth], {
      environment: server.environment,
    }).finally(() => server.close());
    expect([exitCode, stderr, report.verdict]).toEqual([1, '', 'nonconformant']);
    expect(requirementsThat(report, 'fail')).toContain(requirement);
    const findings = report.requirements
      .filter(({ id }) => id === requirement)
      .flatMap(({ scenarios }) => scenarios.flatMap(({ cells }) => cells))
      .flatMap((cell) => cell.findings.map((found) => [found.kind, cell.operation]));
    expect(findings).toContainEqual([kind, operation]);
    const named = requirementsThat(report, 'fail').map((id) => [stdout.indexOf(id), id] as const);
    expect(Math.min(...named.map(([place]) => place))).toBe(stdout.indexOf(requirement));
    expect(await firstCard(await readFile(join(out, 'report.html'), 'utf8'))).toContain(requirement);
  });
}

/** The text of the first card of a report in a browser. */
async function firstCard(html: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.setContent(html);
    return await page.locator('.card').first().innerText();
  } finally {
    await browser.close();
  }
}
