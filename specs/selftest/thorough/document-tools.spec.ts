import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { installTools } from '../../../harness/proof/benchmark/tools.ts';
import { type ChildResult, repository, run } from '../support/cli.ts';
import { operationCount } from '../support/engine.ts';
import { textOf } from '../support/imports.ts';
import { codeBlocks } from '../support/markdown.ts';

/** The newest versions that run on Node 20. */
const versions = {
  '@apidevtools/swagger-parser': '12.1.0',
  '@hey-api/openapi-ts': '0.95.0',
  '@redocly/cli': '2.77.0',
  '@stoplight/spectral-cli': '6.16.3',
  express: '5.3.0',
  'express-openapi-validator': '5.6.2',
  'openapi-backend': '5.21.2',
  orval: '7.13.2',
  typescript: '5.9.3',
};
const documents = ['mufi', 'control'].map((name) => join(repository, 'schemas', `${name}.openapi.yaml`));
const [mufi = ''] = documents;
/** The programs must not report to their makers. */
const environment = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: '1' };

let tools = '';
let folder = '';

test.describe.configure({ mode: 'default', timeout: 60_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  tools = await installTools(versions);
  folder = await mkdtemp(join(tmpdir(), 'conformance-document-'));
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program of the tools. */
const tool = (name: string, ...args: string[]): Promise<ChildResult> =>
  run(join(tools, 'node_modules', '.bin', name), args, { cwd: folder, environment });

/** Runs a module as a user who has the tools installed. */
async function ran(code: string, ...args: string[]): Promise<ChildResult> {
  const file = join(tools, `${test.info().testId}.mjs`);
  await writeFile(file, code);
  return run(process.execPath, [file, ...args], { cwd: folder }).finally(() => rm(file));
}

/** The output of such a module. */
async function printed(code: string, ...args: string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await ran(code, ...args);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

test('both documents pass redocly with its strictest rules', async () => {
  const strict = ['lint', '--extends', 'recommended-strict', '--format', 'json'];
  for (const document of documents) {
    const { exitCode, stdout, stderr } = await tool('redocly', ...strict, document);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
  }
});

test('both documents pass the OpenAPI rules of Spectral without a hint', async () => {
  await writeFile(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n');
  const strict = ['--ruleset', '.spectral.yaml', '--fail-severity', 'hint', '--format', 'json'];
  const { exitCode, stdout, stderr } = await tool('spectral', 'lint', ...strict, ...documents);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\[\]/);
  // If the contract is wrong, this reports it.
  await writeFile(
    join(folder, 'wrong.yaml'),
    (await readFile(mufi, 'utf8')).replace(/ {2}contact:\n.*\n/, ''),
  );
  expect((await tool('spectral', 'lint', ...strict, 'wrong.yaml')).exitCode).toBe(1);
});

test('swagger-parser validates the document and resolves every reference', async () => {
  const code = `import SwaggerParser from '@apidevtools/swagger-parser';
    const { paths } = await SwaggerParser.validate(process.argv[2]);
    console.log(JSON.stringify([Object.keys(paths).length, paths['/v1/products/{id}'].get.parameters[0].example]));`;
  expect(await printed(code, mufi)).toEqual([17, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

test('express-openapi-validator guards requests and answers by it', async () => {
  const code = `import express from 'express';
    import { middleware } from 'express-openapi-validator';
    const app = express().use(express.json());
    const handlers = { apiKey: ({ headers }) => headers.authorization === 'Bearer x' };
    app.use(middleware({ apiSpec: process.argv[2], validateResponses: true, validateSecurity: { handlers } }));
    app.get('/v1/version', (_request, response) => response.json({ version: '1' }));
    app.post('/v1/users/create', (_request, response) => response.status(201).json({ message: 'ok' }));
    app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({}));
    const server = app.listen(0, '127.0.0.1', async () => {
      const ask = async (path, authorization, body) => {
        const more = body && { method: 'POST', body: JSON.stringify(body) };
        const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
        return (await fetch('http://127.0.0.1:' + server.address().port + path, { headers, ...more })).status;
      };
      console.log(JSON.stringify([
        await ask('/v1/version', 'Bearer x'), await ask('/v1/version'), await ask('/v1/users/create', 'Bearer x', []),
        await ask('/v1/users/create', 'Bearer x', [{ email: 'a@b.example' }]),
      ]));
      server.close();
      server.closeAllConnections();
    });`;
  expect(await printed(code, mufi)).toEqual([200, 401, 400, 201]);
});

test('openapi-backend serves it with quick: true, as the page says, and not without', async () => {
  const blocks = codeBlocks(textOf('schemas/README.md')).map(({ code }) => code);
  const code = blocks.find((block) => block.includes('openapi-backend')) ?? '';
  const asked = `${code}
    const headers = { authorization: 'Bearer x' };
    const ask = (method, path, body) => api.handleRequest({ method, path, body, headers });
    console.log(JSON.stringify([
      await ask('GET', '/v1/version'), (await ask('POST', '/v1/users/create', [])).status,
    ]));`.replace("'schemas/mufi.openapi.yaml'", 'process.argv[2]');
  expect(await printed(asked, mufi)).toEqual([{ status: 200, version: '1' }, 400]);
  const slow = asked.replace('quick: true', 'quick: false');
  expect(slow).not.toBe(asked);
  expect((await ran(slow, mufi)).stderr).toContain('Document is not valid OpenAPI');
});

test('hey-api and orval make clients of it with a function for each operation', async () => {
  const hey = await tool('openapi-ts', '--input', mufi, '--output', join(folder, 'hey'));
  expect(hey.exitCode, hey.stdout + hey.stderr).toBe(0);
  const orval = await tool('orval', '--input', mufi, '--output', join(folder, 'orval.ts'));
  expect(orval.exitCode, orval.stdout + orval.stderr).toBe(0);
  const names = [...(await readFile(mufi, 'utf8')).matchAll(/operationId: (\w+)/g)].map(([, name]) => name);
  expect(names).toHaveLength(operationCount);
  for (const file of [join('hey', 'sdk.gen.ts'), 'orval.ts']) {
    const text = await readFile(join(folder, file), 'utf8');
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  }
});
