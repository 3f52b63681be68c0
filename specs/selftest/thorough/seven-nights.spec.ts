import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { type ChildResult, cli, conformance } from '../support/cli.ts';
import { firstLine, follow } from '../support/followed-nights.ts';
import { behind, type Front } from '../support/front.ts';

/** One night: what is wrong with the server, and the required result of the run. */
interface NightPlan {
  readonly name: string;
  readonly faults?: readonly string[];
  readonly exitCode: number;
  /** Changes the environment of the run. */
  readonly told?: (environment: Readonly<Record<string, string>>) => Record<string, string>;
  readonly front?: () => Front;
  readonly isDown?: boolean;
}

/** Rejects requests as a firewall does, whatever they contain. */
const refusing =
  (isRefused: (request: number) => boolean): (() => Front) =>
  () => {
    let requests = 0;
    return () => {
      requests += 1;
      if (!isRefused(requests)) return undefined;
      return { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Forbidden</h1>' };
    };
  };
const firewalls = {
  'three of ten in a row': refusing((request) => request % 10 < 3),
  'three of ten at random': refusing(() => Math.random() < 0.3),
  'one of twenty at random': refusing(() => Math.random() < 0.05),
  'all for 0.9 s, then none for 2.1 s': refusing(() => Date.now() % 3000 < 900),
};

const cache = 'regeneration/linearizable';
const unchecked = 'permissions/read-key-does-not-write';
const nights: readonly NightPlan[] = [
  { name: 'green', exitCode: 0 },
  { name: 'cache', faults: ['text-cached'], exitCode: 1 },
  { name: 'cache-and-write', faults: ['text-cached', 'put-unchecked'], exitCode: 1 },
  {
    name: 'dead-key',
    exitCode: 2,
    told: ({ MUFI_REVOKED_KEY = '', ...rest }) => ({ ...rest, MUFI_WRITE_KEY: MUFI_REVOKED_KEY }),
  },
  { name: 'down', exitCode: 2, isDown: true },
  { name: 'firewall', exitCode: 2, front: firewalls['three of ten at random'] },
  { name: 'green-again', exitCode: 0 },
];

/** What the nights were for the two that break. */
const strips = [
  [cache, '✓✕✕???✓'],
  [unchecked, '✓✓✕???✓'],
] as const;

/** What `history.md` says first after each night. */
const headlines = [
  /^\*\*Nothing fails\.?\*\*$/m,
  /^\*\*\d+ requirements? fails?, ".+" .+ since .+\*\*$/m,
  /^\*\*\d+ requirements fail, ".+" .+ since [^;]+\*\*$/m,
  /^\*\*\d+ requirements fail, .+; the last night could not decide: .*WRITE.*\*\*$/m,
  /^\*\*\d+ requirements fail, .+; the last night could not decide: .*nothing listens on its port.*\*\*$/m,
  /^\*\*\d+ requirements fail, .+; the last night could not decide: .*403.*\*\*$/m,
  /^\*\*Nothing fails/m,
] as const;

type Ran = ChildResult & { readonly report: Report };

async function run({ name, told, front, isDown }: NightPlan, server: Reference): Promise<Ran> {
  const { environment } = server;
  const own = told?.(environment) ?? { ...environment };
  const go = (base: string): Promise<Ran> =>
    conformance(test.info().outputPath('nights', name), ['--depth', 'quick'], {
      environment: { ...own, MUFI_BASE_URL: base },
    });
  if (isDown === true) await server.close();
  return front === undefined ? go(server.url) : behind(server.url, front(), go);
}

test('seven nights of whole runs: exit codes, first lines, the issue, and the history', async () => {
  test.setTimeout(600_000);
  const ran: Ran[] = [];
  for (const night of nights) {
    const server = await startReference({ faults: [...(night.faults ?? [])] });
    try {
      ran.push(await run(night, server));
    } finally {
      await server.close();
    }
  }
  expect(ran.map(({ exitCode }) => exitCode)).toEqual(nights.map(({ exitCode }) => exitCode));

  const reports = ran.map(({ report }) => report);
  const failing = reports.map(({ requirements }) =>
    requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
  );
  expect(failing[1]).toContain(cache);
  expect(failing[1]).not.toContain(unchecked);
  expect(failing[2]).toEqual(expect.arrayContaining([cache, unchecked]));
  expect([0, 3, 4, 5, 6].flatMap((at) => failing[at])).toEqual([]);

  const after = follow(reports);
  const states = after.map((issues) => issues.map(({ state }) => state));
  expect(states).toEqual([[], ['open'], ['open'], ['open'], ['open'], ['open'], ['closed']]);
  const first = after.map(([issue]) => issue && firstLine(issue));
  expect(first[1]).toMatch(/^\*\*Fails since .+\.\*\*$/);
  expect(first[2]).toContain('more).**');
  for (const [at, cause] of [
    [3, 'write key'],
    [4, 'nothing listens on its port'],
    [5, '403'],
  ] as const) {
    expect(first[at]).toContain('Tonight: could not decide');
    expect(first[at]).toContain(cause);
    expect(first[at]).toContain('What failed before is still open.');
  }

  // The first night has no issue, the last one closes it: what they say first is the verdict.
  expect(first[0]).toBeUndefined();
  expect(first[6]).toBe(first[5]);
  for (const at of [0, 6]) {
    const [verdict] = ran[at]!.stdout.split('\n').filter((line) =>
      /^. (?:Conformant|Nonconf|Incon|Partial)/.test(line),
    );
    expect(verdict, nights[at]!.name).toMatch(/^✓ Conformant: the target http:\S+ keeps every MUST of core/);
    expect(ran[at]!.stdout).not.toMatch(/^✕/m);
  }

  // Each night had a server on its own port, so for the history each would be another target.
  const folders: string[] = [];
  for (const [at, { name }] of nights.entries()) {
    const folder = test.info().outputPath('nights', name);
    const file = `${folder}/report.json`;
    const { host } = new URL(reports[at]!.target.baseUrl);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(host, 'staging.example'));
    folders.push(folder);
    const out = test.info().outputPath('history', name);
    const made = await cli(['history', ...folders, '--out', out]);
    expect([made.exitCode, made.stderr]).toEqual([0, '']);
    const page = await readFile(`${out}/history.md`, 'utf8');
    const rowOf = (id: string): string => page.split('\n').find((line) => line.includes(`\`${id}\``)) ?? '';
    // What never failed until then has no row.
    for (const [id, all] of strips) {
      const strip = all.slice(0, at + 1);
      expect(rowOf(id), name).toEqual(strip.includes('✕') ? expect.stringContaining(` ${strip} `) : '');
    }
    expect(page, name).toMatch(headlines[at]!);
  }
});

for (const [how, front] of Object.entries(firewalls)) {
  test(`a firewall that refuses ${how} is no fault of the server`, async () => {
    test.setTimeout(300_000);
    const server = await startReference();
    try {
      const ran = await run({ name: how, exitCode: 2, front }, server);
      const failing = ran.report.requirements.filter(({ verdict }) => verdict === 'fail');
      expect([failing.map(({ id }) => id), ran.exitCode]).toEqual([[], 2]);
      expect(ran.report.cause ?? ran.report.reason).toContain('403');
    } finally {
      await server.close();
    }
  });
}
