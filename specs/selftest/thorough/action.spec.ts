import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { actionFolder, type Inputs, runAction, variableOf } from '../support/action.ts';
import { leaksIn, reportIn, repository, textsIn } from '../support/cli.ts';
import { startHolding } from '../support/holding.ts';
import { textOf } from '../support/imports.ts';
import { problemsOfSteps, problemsOfUses } from '../support/workflows.ts';

const { inputs, outputs, runs } = parse(textOf(`${actionFolder}/action.yml`));
const folder = (): string => test.info().outputPath('');

/** Runs the action against its own reference server, with only the two keys. */
async function against(options: ReferenceOptions, given: Inputs): ReturnType<typeof runAction> {
  const server = await startReference(options);
  try {
    const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
    const how = await runAction(folder(), { 'base-url': server.url, depth: 'quick', ...given }, keys);
    const written = [...(await textsIn(folder())), ['log', how.stdout + how.stderr] as const];
    expect(leaksIn(written, Object.values(server.keys))).toEqual([]);
    return how;
  } finally {
    await server.close();
  }
}

test('the action hands every input to its script and reads every output from it', () => {
  const [step] = runs.steps;
  expect(problemsOfUses(textOf(`${actionFolder}/action.yml`))).toEqual([]);
  expect(problemsOfSteps('action', runs.steps)).toEqual([]);
  const handed = Object.entries<string>(step.env).filter(([name]) => name.startsWith('INPUT_'));
  expect(handed).toEqual(Object.keys(inputs).map((name) => [variableOf(name), `\${{ inputs.${name} }}`]));
  const values = Object.entries<{ value: string }>(outputs).map(([name, { value }]) => [name, value]);
  expect(values).toEqual(
    ['verdict', 'report', 'exit-code'].map((name) => [name, `\${{ steps.run.outputs.${name} }}`]),
  );
});

test('no input of the action is a key', () => {
  expect(Object.keys(inputs).filter((name) => /key|token|secret/.test(name))).toEqual([]);
});

test('a conformant server: exit 0, the report where the output says, no annotation', async () => {
  const how = await against({}, { profiles: 'core', out: 'somewhere/else' });
  expect(how.exitCode, how.stdout + how.stderr).toBe(0);
  expect(how.outputs).toEqual({
    verdict: 'conformant',
    'exit-code': '0',
    report: 'somewhere/else/report.json',
  });
  const report = await reportIn(test.info().outputPath('somewhere/else'));
  expect(report.options).toMatchObject({ profiles: ['core'], depth: 'quick', mode: 'full', strict: false });
  expect(await readFile(test.info().outputPath('step-summary.md'), 'utf8')).toContain(
    'Mufi auth: conformant',
  );
  expect(how.stdout).not.toMatch(/^::(error|warning)/m);
});

test('a server that breaks the contract: exit 1, and an annotation outside of the fence', async () => {
  const how = await against({ faults: ['signature-ignored'] }, { strict: 'true' });
  expect(how.exitCode, how.stdout + how.stderr).toBe(1);
  expect(how.outputs).toMatchObject({ verdict: 'nonconformant', 'exit-code': '1' });
  expect((await reportIn(test.info().outputPath('reports/latest'))).options.strict).toBe(true);
  const [, token, fenced = '', after = ''] =
    /^::stop-commands::([\w-]{36})\n(.*)^::\1::\n(.*)$/ms.exec(how.stdout) ?? [];
  expect(token).toBeDefined();
  expect(fenced).toContain('token/signature-verified');
  expect(after).toMatch(/^::error title=MUST token\/signature-verified::/m);
});

test('with sarif the step says where report.sarif is, and the next one uploads it; else neither', async () => {
  const [, upload] = runs.steps;
  expect(upload.if).toBe(`\${{ !cancelled() && steps.run.outputs.sarif }}`);
  expect(upload.with).toEqual({ sarif_file: `\${{ steps.run.outputs.sarif }}` });
  await writeFile(test.info().outputPath('routes.ts'), "\nserve('/v1/users/profile');\n");
  const given = { sarif: 'true', 'sarif-file': 'routes.ts' };
  const how = await against({ faults: ['signature-ignored'] }, given);
  expect(how.outputs, how.stderr).toMatchObject({ 'exit-code': '1', sarif: 'reports/latest/report.sarif' });
  const text = await readFile(test.info().outputPath('reports/latest/report.sarif'), 'utf8');
  expect(text).toContain('"uri": "routes.ts"');
  expect(Object.keys((await against({ faults: ['signature-ignored'] }, {})).outputs)).not.toContain('sarif');
});

test('nobody answers: exit 2, and a warning that says so', async () => {
  const server = await startReference();
  await server.close();
  const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
  const how = await runAction(folder(), { 'base-url': server.url, depth: 'quick' }, keys);
  expect(how.exitCode).toBe(2);
  expect(how.outputs).toMatchObject({ verdict: 'inconclusive', 'exit-code': '2' });
  expect(how.stdout).toMatch(/^::warning title=Mufi auth%3A inconclusive::/m);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} from a runner that cancels the job: a report of what was done, exit 2, no process left`, async () => {
    const server = await startReference();
    const holding = await startHolding(server.url, 250);
    const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
    const given = { 'base-url': holding.url, depth: 'quick' };
    try {
      // Longer than the test may take, so nothing ends by itself.
      const environment = { ...keys, MUFI_TIMEOUT_MS: '600000' };
      const how = await runAction(folder(), given, environment, repository, async (child) => {
        await expect.poll(() => holding.held(), { timeout: 60_000 }).toBeGreaterThan(0);
        child.kill(signal);
      });
      const report = 'reports/latest/report.json';
      expect(how.outputs, how.stderr).toEqual({ verdict: 'partial', 'exit-code': '2', report });
      expect(how.exitCode).toBe(2);
      expect(holding.open(), 'connections of processes that survive').toBe(0);
      expect((await reportIn(test.info().outputPath('reports/latest'))).interrupted).toBe(true);
    } finally {
      await holding.close();
      await server.close();
    }
  });
}

const refused = [
  ['an empty base URL', { 'base-url': '' }, 'base-url is empty'],
  [
    'a word for strict',
    { 'base-url': 'http://127.0.0.1:9', strict: 'yes' },
    'strict is neither true nor false',
  ],
  [
    'a file for sarif',
    { 'base-url': 'http://127.0.0.1:9', sarif: 'src/routes.ts' },
    'a file belongs to sarif-file',
  ],
  [
    'a file for code scanning that is off',
    { 'base-url': 'http://127.0.0.1:9', 'sarif-file': 'src/routes.ts' },
    'sarif is not true',
  ],
  [
    'code scanning of a shard',
    { 'base-url': 'http://127.0.0.1:9', sarif: 'true', shard: '1/2' },
    'merge all of them with --sarif',
  ],
  ['a line break', { 'base-url': 'http://127.0.0.1:9', out: 'a\nverdict=conformant' }, 'a line break'],
] as const;

for (const [what, given, sentence] of refused) {
  test(`${what} is a broken run and an annotation`, async () => {
    const how = await runAction(folder(), given);
    expect(how.exitCode).toBe(3);
    expect(how.outputs).toEqual({ verdict: 'broken', 'exit-code': '3', report: '' });
    expect(how.stdout).toContain(`::error title=Mufi auth conformance::`);
    expect(how.stdout).toContain(sentence);
  });
}

test('a part without keys is broken, and the report of yesterday does not speak for it', async () => {
  await writeFile(test.info().outputPath('report.json'), '{"verdict":"conformant"}');
  const how = await runAction(folder(), { 'base-url': 'http://127.0.0.1:9', out: '.', shard: '1/2' });
  expect(how.exitCode).toBe(3);
  expect(how.outputs).toEqual({ verdict: 'broken', 'exit-code': '3', report: '' });
  expect(how.stderr).toContain('MUFI_WRITE_KEY and MUFI_READ_KEY are not set');
});

/**
 * What `npm`, and the suite that it installs here, do in a checkout without packages; each records how it was called.
 */
const installs = `#!/bin/sh
echo "npm $*" >>"$CALLS"
mkdir -p node_modules/esbuild harness
cat >harness/start.mjs <<'END'
import { appendFileSync } from 'node:fs';
appendFileSync(process.env.CALLS, process.argv.slice(1).join(' ') + '\\n');
process.exit(2);
END
`;

for (const [what, npm, exitCode, calls] of [
  [
    'installed without running a script of theirs',
    installs,
    '3',
    [
      'npm ci --ignore-scripts --no-audit --no-fund',
      expect.stringMatching(
        /harness\/start\.mjs run --require-target --base-url http:\/\/127\.0\.0\.1:9 --out reports\/latest --depth quick --mode observe --profile core,lifecycle --baseline known.yaml --shard 1\/2 --strict$/,
      ),
    ],
  ],
  ['not to be had', '#!/bin/sh\nexit 1\n', '3', []],
] as const) {
  test(`in a checkout without packages they are ${what}`, async () => {
    const suite = test.info().outputPath('suite');
    const bin = test.info().outputPath('bin');
    await mkdir(join(suite, actionFolder), { recursive: true });
    await mkdir(bin);
    await copyFile(join(repository, actionFolder, 'run.sh'), join(suite, actionFolder, 'run.sh'));
    await writeFile(join(bin, 'npm'), npm, { mode: 0o755 });
    const log = test.info().outputPath('calls');
    await writeFile(log, '');
    const given = {
      'base-url': 'http://127.0.0.1:9',
      depth: 'quick',
      mode: 'observe',
      profiles: 'core,lifecycle',
      baseline: 'known.yaml',
      shard: '1/2',
      strict: 'true',
    };
    const environment = { CALLS: log, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const how = await runAction(folder(), given, environment, suite);
    expect(how.outputs, how.stderr).toEqual({ verdict: 'broken', 'exit-code': exitCode, report: '' });
    expect((await readFile(log, 'utf8')).split('\n').slice(0, -1)).toEqual(calls);
  });
}
