import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { readBaseline } from '../../../harness/engine/configuration/baseline.ts';

test.describe('the file of --baseline', () => {
  const ids = {
    requirements: new Map([
      ['must/alpha', ['must/alpha/one', 'must/alpha/two']],
      ['must/beta', ['must/beta/one']],
    ]),
    operations: ['GET /v1/version', 'POST /v1/events/create'],
  };
  const lines = (...more: string[]): string =>
    ['- requirement: must/alpha', '  reason: r', '  owner: o', '  expires: 2026-12-31', ...more].join('\n');

  async function read(text: string) {
    const file = test.info().outputPath('known.yaml');
    await writeFile(file, text);
    try {
      return readBaseline(file, ids).entries;
    } catch (error) {
      return String(error)
        .replace(file, 'known.yaml')
        .replace(/^ConfigurationError: /, '');
    }
  }

  test('is a list of entries, and scenario ids may leave out the requirement', async () => {
    const rest = { requirement: 'must/alpha', reason: 'r', owner: 'o', expires: '2026-12-31' };
    expect(await read(lines('  scenario: two', '  operation: GET /v1/version'))).toEqual([
      { ...rest, scenario: 'must/alpha/two', operation: 'GET /v1/version' },
    ]);
    expect(await read(lines('  scenario: must/alpha/one'))).toEqual([
      { ...rest, scenario: 'must/alpha/one' },
    ]);
    expect(await read('# nothing is known\n')).toEqual([]);
    expect(await read(`\ufeff${lines()}\n`)).toEqual([rest]);
  });

  for (const [text, complaint] of [
    ['- a: 1\n- b: [\n', 'known.yaml, line 3: '],
    [
      `- &a [x]\n${'- [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n'.repeat(20)}`,
      'The baseline known.yaml ',
    ],
    ['requirement: must/alpha', 'The baseline known.yaml is not a list; each entry has requirement, reason,'],
    ['- must/alpha', 'known.yaml, line 1, entry 1: it is not an entry; an entry has requirement, reason,'],
    [lines().replace('  owner: o\n', ''), 'known.yaml, line 1, entry 1: owner is missing.'],
    [lines().replace('  expires: 2026-12-31', ''), 'known.yaml, line 1, entry 1: expires is missing.'],
    [lines().replace('2026-12-31', '7'), 'known.yaml, line 1, entry 1: expires is not a text.'],
    [lines().replace('reason: r', 'reason: 7'), 'known.yaml, line 1, entry 1: reason is not a text.'],
    [lines().replace('reason: r', 'reason: ""'), 'known.yaml, line 1, entry 1: reason is empty.'],
    [lines().replace('-31', '-32'), 'entry 1: expires is not a day such as 2026-12-31.'],
    [lines().replace('2026-12-31', 'soon'), 'line 1, entry 1: expires is not a day such as 2026-12-31.'],
    [lines('  scenarios: one'), 'entry 1: the member scenarios is not known; it looks like scenario.'],
    [
      lines().replace('alpha', 'alpa'),
      'entry 1: there is no requirement must/alpa; the nearest is must/alpha.',
    ],
    [
      lines('  scenario: tow'),
      'entry 1: there is no scenario must/alpha/tow; the nearest is must/alpha/two.',
    ],
    [
      lines('  scenario: must/beta/one'),
      'entry 1: there is no scenario must/beta/one; the nearest is must/alpha/one.',
    ],
    [
      lines('  operation: GET /v1/versions'),
      'entry 1: there is no operation GET /v1/versions; the nearest is GET /v1/version.',
    ],
    [`${lines()}\n\n${lines()}`, 'known.yaml, line 6, entry 2: it is the same as entry 1; keep one of them.'],
    [
      `# ${'x'.repeat(65_536)}`,
      'The baseline known.yaml is longer than 64 KiB; list whole requirements instead of every operation.',
    ],
  ] as const) {
    test(`is refused: ${complaint}`, async () => {
      expect(await read(text)).toContain(complaint);
    });
  }
});
