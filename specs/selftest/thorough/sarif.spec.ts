import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { installTools } from '../../../harness/proof/benchmark/tools.ts';
import { startDegenerate } from '../../../harness/reference/degenerates.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { conformance } from '../support/cli.ts';

/** Microsoft's package of matchers contains the schema of SARIF 2.1.0; its code is not used. */
const versions = {
  '@microsoft/jest-sarif': '1.0.0-beta.0',
  'ajv-draft-04': '1.0.0',
  ajv: '8.20.0',
  'ajv-formats': '3.0.1',
};

interface Check {
  (value: unknown): boolean;
  readonly errors?: readonly unknown[] | null;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly Result[];
  }[];
}

let check: Check;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const folder = await installTools(versions);
  const schema = join(
    folder,
    'node_modules',
    '@microsoft',
    'jest-sarif',
    'lib',
    'schemas',
    'sarif-2.1.0-rtm.5.json',
  );
  const from = createRequire(join(folder, 'package.json'));
  // One pattern in the schema is not a regular expression in Unicode mode.
  const ajv = new (from('ajv-draft-04'))({ strict: false, allErrors: true, unicodeRegExp: false });
  from('ajv-formats')(ajv);
  check = ajv.compile(JSON.parse(await readFile(schema, 'utf8')));
});

test('the schema rejects a log without a driver and a line before the first', () => {
  const log = (driver: object, startLine: number): object => ({
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        results: [
          {
            message: { text: 'a' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region: { startLine } } }],
          },
        ],
      },
    ],
  });
  const verdicts = [check(log({ name: 'a' }, 1)), check(log({}, 1)), check(log({ name: 'a' }, 0))];
  expect(verdicts, JSON.stringify(check.errors)).toEqual([true, false, false]);
});

/** GitHub shows at most 5,000 results of a run, and accepts at most 10 MB. */
const limits = { results: 5_000, bytes: 10_000_000 };

interface Row {
  readonly server?: ReferenceOptions;
  /** A server that replaces the reference server, with the same keys. */
  readonly instead?: string;
  readonly verdict: string;
}

const quick = ['--depth', 'quick'];
const rows: Readonly<Record<string, Row>> = {
  'a failing run': { server: { faults: ['signature-ignored'] }, verdict: 'nonconformant' },
  'a conformant run': { server: {}, verdict: 'conformant' },
  'a run that could not decide': { instead: 'always-401', verdict: 'inconclusive' },
};

for (const [what, { server, instead, verdict }] of Object.entries(rows)) {
  for (const file of [undefined, 'README.md']) {
    test(`the SARIF of ${what} is valid, shown in ${file ?? 'the OpenAPI document'}`, async () => {
      const reference = await startReference(server);
      const out = test.info().outputPath('run');
      const other = instead === undefined ? undefined : await startDegenerate(instead);
      const environment = {
        MUFI_BASE_URL: (other ?? reference).url,
        MUFI_WRITE_KEY: reference.keys.write,
        MUFI_READ_KEY: reference.keys.read,
      };
      const args = [...quick, '--sarif', ...(file === undefined ? [] : [file])];
      const { report } = await conformance(out, args, { environment }).finally(() =>
        Promise.all([reference.close(), other?.close()]),
      );
      expect(report.verdict).toBe(verdict);
      const text = await readFile(join(out, 'report.sarif'), 'utf8');
      const log: Log = JSON.parse(text);
      expect([check(log), check.errors ?? []]).toEqual([true, []]);
      expect(Buffer.byteLength(text)).toBeLessThan(limits.bytes);
      const [{ tool, results } = { tool: { driver: { rules: [] } }, results: [] }] = log.runs;
      expect(log.runs).toHaveLength(1);
      expect(tool.driver.rules.map(({ id }) => id)).toEqual(report.requirements.map(({ id }) => id));
      expect(results.length).toBeLessThanOrEqual(limits.results);
      // One result per failing operation; none if nothing failed.
      const failing = report.requirements.flatMap(({ id, verdict, scenarios }) => {
        const cells = scenarios.flatMap((scenario) => scenario.cells);
        const hit = cells.filter((cell) => ['fail', 'warn'].includes(verdict) && cell.verdict === verdict);
        return [...new Set(hit.map(({ operation }) => `${id} @ ${operation}`))];
      });
      expect(results.map(nameOf).toSorted()).toEqual(failing.toSorted());
      expect(results.length > 0).toBe(verdict === 'nonconformant');
      for (const { ruleId, ruleIndex, message, locations, partialFingerprints } of results) {
        expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
        expect(message.text).not.toBe('');
        expect(locations).toHaveLength(1);
        const place = locations[0]!.physicalLocation;
        expect(place.artifactLocation.uri).toBe(file ?? 'schemas/mufi.openapi.yaml');
        expect(place.region.startLine).toBeGreaterThan(0);
        expect(Object.values(partialFingerprints)).toHaveLength(1);
      }
    });
  }
}

function nameOf({ ruleId, locations }: Result): string {
  return `${ruleId} @ ${locations[0]?.logicalLocations[0]?.fullyQualifiedName}`;
}
