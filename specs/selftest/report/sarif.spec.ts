import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { linesIn, sarifPlacesIn } from '../../../harness/cli/sarif.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderSarif } from '../../../harness/report/render/sarif.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { textOf } from '../support/imports.ts';
import { cache, night } from '../support/seven-nights.ts';

const document = 'schemas/mufi.openapi.yaml';
const places = { uri: document, lineOf: linesIn(textOf(document)) };
const levels = ['none', 'note', 'warning', 'error'];
const uriReference = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

interface Log {
  $schema: string;
  version: string;
  runs: [
    {
      tool: {
        driver: {
          name: string;
          rules: { id: string; shortDescription: { text: string }; helpUri?: string }[];
        };
      };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          logicalLocations: { fullyQualifiedName: string }[];
        }[];
        partialFingerprints: Record<string, string>;
        suppressions?: { kind: string; justification: string }[];
      }[];
    },
  ];
}

const logOf = (variant: Parameters<typeof sampleReport>[0]): Log =>
  JSON.parse(renderSarif(sampleReport(variant), places));

for (const variant of ['failing', 'conformant', 'stopped', 'partial', 'hostile'] as const) {
  test(`the ${variant} report as SARIF has what version 2.1.0 and code scanning require`, () => {
    const log = logOf(variant);
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toContain('sarif-2.1.0');
    expect(log.runs).toHaveLength(1);
    const [{ tool, results }] = log.runs;
    const { rules } = tool.driver;
    expect(tool.driver.name).toBe('mufi-auth-conformance');
    expect(rules.map(({ id }) => id)).toEqual(sampleReport(variant).requirements.map(({ id }) => id));
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { shortDescription, helpUri } of rules) {
      expect(shortDescription.text).not.toBe('');
      expect(helpUri === undefined || /^https?:\/\//.test(helpUri)).toBe(true);
    }
    for (const result of results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(levels).toContain(result.level);
      expect(result.message.text).not.toMatch(/^\s*$|[\u0000-\u001f\u202e]|(?<!\\)[[\]]/);
      expect(result.locations).toHaveLength(1);
      const [{ physicalLocation }] = result.locations as [Log['runs'][0]['results'][0]['locations'][0]];
      expect(physicalLocation.artifactLocation.uri).toMatch(uriReference);
      expect(Number.isInteger(physicalLocation.region.startLine)).toBe(true);
      expect(physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    const prints = results.flatMap(({ partialFingerprints }) => Object.values(partialFingerprints));
    expect(new Set(prints).size).toBe(results.length);
  });
}

test('one result a failing operation, known ones suppressed, none for what passes or could not be decided', () => {
  const report = sampleReport('failing');
  const { failing, warning, known } = fixesOf(report);
  const [{ results }] = logOf('failing').runs;
  const wanted = [...failing, ...known, ...warning].flatMap(({ requirement: { id }, hit }) =>
    hit.map((operation) => `${id} @ ${operation}`),
  );
  expect(wanted.length).toBeGreaterThan(10);
  const named = results.map(
    (one) => `${one.ruleId} @ ${one.locations[0]!.logicalLocations[0]!.fullyQualifiedName}`,
  );
  expect(named).toEqual(wanted);
  expect(logOf('conformant').runs[0].results).toEqual([]);
  expect(logOf('stopped').runs[0].results).toEqual([]);
  const entry = { requirement: cache, reason: 'ticket 17', owner: 'gateway team', expires: '2026-12-31' };
  const baseline = { file: 'known.yaml', entries: [entry] };
  const listed: Log = JSON.parse(renderSarif(night(1, [cache], undefined, { baseline }), places));
  expect(listed.runs[0].results.map(({ suppressions }) => suppressions)).toEqual([
    [{ kind: 'external', justification: 'ticket 17 (gateway team, until 2026-12-31)' }],
  ]);
});

test('every documented operation is found at the line of its method, in YAML and in JSON', () => {
  const text = textOf(document);
  const lines = text.split('\n');
  const methods = [...text.matchAll(/^ {2}(\/v1\/\S+):\n {4}(get|post|put|delete):/gm)];
  expect(methods.length).toBeGreaterThan(10);
  for (const [, path = '', method = ''] of methods) {
    const line = places.lineOf(`${method.toUpperCase()} ${path}`);
    expect(lines[line - 1]).toBe(`    ${method}:`);
    expect(lines.slice(0, line - 1).findLast((one) => /^ {2}\S/.test(one))).toBe(`  ${path}:`);
  }
  const json = linesIn('{\n"paths": {\n"/v1/a": {\n"get": {},\n"post": {}\n}}}');
  expect([json('GET /v1/a'), json('POST /v1/a'), json('GET /v1/b')]).toEqual([4, 5, 1]);
});

test('any file will do: the first line that names the path, else the first line', () => {
  const lineOf = linesIn('const routes = [\n  "/v1/events/create",\n  "/v1/events",\n];\n');
  expect([lineOf('GET /v1/events'), lineOf('POST /v1/events/create'), lineOf('GET /v1/none')]).toEqual([
    3, 2, 1,
  ]);
});

test('the place is a URI relative to the working directory; a file elsewhere is absolute, one that is not there an error', () => {
  const folder = test.info().outputPath('a folder');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'routes#1.ts');
  writeFileSync(file, '// nothing');
  const inside = relative(process.cwd(), file);
  expect(sarifPlacesIn(file).uri).toBe(inside.split('/').map(encodeURIComponent).join('/'));
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'sarif-')), 'routes.ts');
  writeFileSync(elsewhere, '// nothing');
  expect(sarifPlacesIn(elsewhere).uri).toBe(pathToFileURL(elsewhere).href);
  expect(() => sarifPlacesIn(join(folder, 'none.ts'))).toThrow(/none\.ts of --sarif cannot be read/);
});
