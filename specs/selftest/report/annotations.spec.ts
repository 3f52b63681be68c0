import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { renderAnnotations, withoutCommands } from '../../../harness/report/render/annotations.ts';
import { sampleReport } from '../samples/report-sample.ts';

const linesOf = (report: Report): string[] => renderAnnotations(report).split('\n').slice(0, -1);

/** What the runner shows of a line: level, title and text as people read them. */
function read(line: string): { level: string; title: string; text: string } {
  const [, level = '', title = '', text = ''] = /^::(\w+) title=([^:,]*)::(.*)$/.exec(line) ?? [];
  const plain = (value: string): string =>
    value
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%');
  return { level, title: plain(title), text: plain(text) };
}

test('each failing requirement is one error, worst first, with what was sent, expected and received', () => {
  const all = linesOf(sampleReport('failing')).map(read);
  expect(all.map(({ level }) => level)).toEqual(Array.from({ length: 8 }, () => 'error'));
  expect(all[0]!.title).toBe('MUST token/signature-verified');
  expect(all[0]!.text.split('\n').map((line) => line.split(':')[0])).toEqual([
    expect.stringContaining('rejected with 401.'),
    'sent',
    'expected',
    'actual',
    'control',
    'fix',
    expect.stringContaining('operations affected'),
  ]);
  expect(all[0]!.text).toContain('actual: 201 application/json, accepted');
});

test('ten failures are shown, and how many more there are', () => {
  const report = sampleReport('failing');
  const failed = report.requirements.find(({ id }) => id === 'token/signature-verified')!;
  const requirements = Array.from({ length: 13 }, (_, index) => ({ ...failed, id: `token/number-${index}` }));
  const all = linesOf({ ...report, requirements }).map(read);
  expect(all.filter(({ level }) => level === 'error')).toHaveLength(10);
  expect(all.at(-1)).toEqual({
    level: 'notice',
    title: 'Mufi auth',
    text: '3 more requirements in the report',
  });
});

test('a conformant run is not annotated', () => {
  expect(renderAnnotations(sampleReport('conformant'))).toBe('');
});

test('a run that could not decide is a warning with its cause and no error', () => {
  const [first, ...rest] = linesOf(sampleReport('stopped')).map(read);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ level: 'warning', title: 'Mufi auth: inconclusive' });
  expect(first!.text).toContain('found nobody at https://api.staging.example.test/v1');
});

test('a broken run says that it is broken', () => {
  const report = {
    ...sampleReport('conformant'),
    suiteFaults: ['a procedure threw', '100% broken\r\nreally'],
  };
  const [first] = linesOf(report).map(read);
  expect(first).toEqual({
    level: 'error',
    title: 'Mufi auth: the run is broken',
    text: 'a procedure threw\n100% broken really',
  });
});

test('text from a target is no workflow command and ends none', () => {
  const report = sampleReport('hostile');
  const evil = 'x\n::set-output name=verdict::conformant\r\n::add-mask::a,title=b::c %0A';
  const requirements = report.requirements.map((requirement) => ({
    ...requirement,
    title: evil,
    advice: evil,
  }));
  const text = renderAnnotations({ ...report, requirements });
  const lines = text.split('\n').slice(0, -1);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/^::(error|notice|warning) title=[^:,\r]*::[^\r]*$/);
  expect(read(lines[0]!)).toMatchObject({ title: expect.stringContaining('out of date') });
  expect(read(lines[1]!).text).toContain(
    '::set-output name=verdict::conformant ::add-mask::a,title=b::c %0A',
  );
});

test('a logged text is fenced by a token, and the fence ends on a line of its own', () => {
  expect(withoutCommands('a\n::error::b', 't0k3n')).toBe(
    '::stop-commands::t0k3n\na\n::error::b\n::t0k3n::\n',
  );
  expect(withoutCommands('a\n', 't')).toBe('::stop-commands::t\na\n::t::\n');
});
