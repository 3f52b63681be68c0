import { expect, test } from '@playwright/test';
import type { ExchangeRecord, FindingKind } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { compareReports } from '../../../harness/report/compare/compare.ts';
import { renderComparisonMarkdown } from '../../../harness/report/compare/render/markdown.ts';
import { renderText } from '../../../harness/report/compare/render/text.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderAnnotations } from '../../../harness/report/render/annotations.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { frameworkAnswers, fronts } from '../support/pages.ts';
import { cell, family, finding, record, report, requirement, result } from '../support/reports.ts';

type Headers = Readonly<Record<string, string>>;

interface ShownAnswer {
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: string;
  readonly kind?: FindingKind;
  readonly method?: string;
  readonly key?: string;
}

const item = JSON.stringify({
  id: 7,
  name: 'a thing of the project, long enough to be no constant of everybody',
});

function exchange(id: string, shown: ShownAnswer, startedMs: number): ExchangeRecord {
  const { status = 200, headers = {}, body = item, method = 'GET', key } = shown;
  return {
    ...record(id),
    credential: key === undefined ? { description: 'no key' } : { description: key, variable: 'MUFI_KEY' },
    request: { method, url: 'http://target/v1/things/7', headers: [] },
    response: { status, headers: Object.entries(headers), body, bodyBytes: body.length },
    startedMs,
    endedMs: startedMs + 1,
  };
}

/** A run in which the unmodified write key got the answer `own`, and then a failing request got `shown`. */
function runOf(shown: ShownAnswer, own: Headers | null = {}, more: readonly ExchangeRecord[] = []): Report {
  const { kind = 'wrong-status' } = shown;
  const answered = exchange('bad', { status: 403, ...shown }, 100);
  const json = { 'Content-Type': 'application/json' };
  const good = own === null ? [] : [exchange('own', { headers: { ...json, ...own }, key: 'write key' }, 0)];
  const failing = cell('fail', { findings: [finding('f/a', { kind, exchange: 'bad' })], exchanges: ['bad'] });
  return report(family(requirement('f/a')), [
    result('f/a/one', 'fail', { cells: [failing], exchanges: [...good, ...more, answered] }),
  ]);
}

const seemsOf = (made: Report) => made.exchanges.find(({ id }) => id === 'bad')?.seems;
const typed = (type: string): Headers => (type === '' ? {} : { 'Content-Type': type });

for (const [name, type, headers, body] of fronts) {
  const media = type.split(';')[0];
  test(`an error answer of ${name} is recognised in front of an API that answers otherwise`, () => {
    for (const own of [{}, { Server: 'uvicorn' }, { 'X-Powered-By': 'Express' }]) {
      const made = runOf({ headers: { ...typed(type), ...headers }, body }, own);
      expect(seemsOf(made)?.inFront).toEqual({ name, ...(body === '' ? {} : { type: media }) });
    }
  });
}

for (const name of ['nginx', 'Apache httpd', 'Varnish', 'Cloudflare', 'lighttpd']) {
  test(`even if every answer passes ${name}, its own error page is recognised`, () => {
    const [, type, headers, body] = fronts.find(([candidate]) => candidate === name)!;
    const made = runOf({ headers: { ...typed(type!), ...headers }, body: body! }, headers);
    expect(seemsOf(made)?.inFront?.name).toBe(name);
    const passed = runOf(
      { headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' },
      headers,
    );
    expect(seemsOf(passed)?.inFront).toBeUndefined();
  });
}

for (const [what, type, headers, body] of frameworkAnswers) {
  test(`an answer of ${what} is one of the API itself`, () => {
    const own = 'Server' in headers || 'X-Powered-By' in headers ? headers : {};
    expect(seemsOf(runOf({ headers: { ...typed(type), ...headers }, body }, own))).toBeUndefined();
    const hidden = { Server: 'nginx/1.22.1' };
    expect(seemsOf(runOf({ headers: { ...typed(type), ...hidden }, body }, hidden))).toBeUndefined();
  });
}

test('HTML of nobody is something in front, unless the API itself answers HTML or its framework is named', () => {
  const html = { headers: { 'Content-Type': 'text/html' }, body: '<h1>no</h1>' };
  expect(seemsOf(runOf(html))?.inFront).toEqual({ type: 'text/html' });
  expect(seemsOf(runOf(html, { 'Content-Type': 'text/html' }))).toBeUndefined();
  const marked = { ...html, headers: { ...html.headers, 'X-Powered-By': 'PHP/8.2' } };
  expect(seemsOf(runOf(marked, { 'X-Powered-By': 'PHP/8.2' }))).toBeUndefined();
  const otherwise = { headers: { 'Content-Type': 'application/json', Server: 'Gate/1' }, body: '{}' };
  expect(seemsOf(runOf(otherwise, { Server: 'uvicorn' }))?.inFront).toEqual({
    name: 'Gate/1',
    type: 'application/json',
  });
});

test('without an answer of the API itself nothing is said of what is in front', () => {
  const [, type, headers, body] = fronts[0]!;
  expect(seemsOf(runOf({ headers: { ...typed(type!), ...headers }, body: body! }, null))).toBeUndefined();
});

const hits: readonly (readonly [Headers, string | undefined])[] = [
  [{ Age: '12' }, 'Age: 12'],
  [{ Age: '0' }, undefined],
  [{ 'X-Cache': 'HIT from cache.example' }, 'X-Cache: HIT from cache.example'],
  [{ 'X-Cache': 'TCP_HIT' }, 'X-Cache: TCP_HIT'],
  [{ 'X-Cache': 'MISS' }, undefined],
  [{ 'CF-Cache-Status': 'HIT' }, 'CF-Cache-Status: HIT'],
  [{ 'CF-Cache-Status': 'DYNAMIC' }, undefined],
  [{ 'X-Varnish': '32770 3' }, 'X-Varnish: 32770 3'],
  [{ 'X-Varnish': '32770' }, undefined],
  [{ 'Cache-Status': 'edge; hit; ttl=30' }, 'Cache-Status: edge; hit; ttl=30'],
  [{ 'Cache-Status': 'edge; fwd=miss' }, undefined],
];
for (const [headers, cache] of hits) {
  test(`${JSON.stringify(headers)} ${cache === undefined ? 'is no sign' : 'is a sign'} of a cache`, () => {
    const shown = { status: 200, headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' };
    expect(seemsOf(runOf({ ...shown, kind: 'let-in' }, headers))?.cache).toBe(cache);
  });
}

test('the body that another key got for the same URL a moment before may come from a cache', () => {
  const json = { 'Content-Type': 'application/json' };
  const same = { status: 200, headers: json, kind: 'let-in' } as const;
  const said = 'the same body as for the write key a moment before';
  expect(seemsOf(runOf(same))?.cache).toBe(said);
  expect(seemsOf(runOf({ ...same, body: '{"version":"1"}' }))?.cache).toBeUndefined();
  expect(seemsOf(runOf({ ...same, key: 'write key' }))?.cache).toBeUndefined();
  expect(seemsOf(runOf({ ...same, status: 401, kind: 'bad-body' }))?.cache).toBeUndefined();
  // A request that may write without a key needs no cache to read.
  const written = exchange('posted', { method: 'POST', headers: json, body: '{}' }, 50);
  expect(seemsOf(runOf(same, {}, [written]))?.cache).toBeUndefined();
});

/** Every rendering that shows a failure, with line breaks as spaces. */
function renderingsOf(made: Report): Record<string, string> {
  const kept = report(family(requirement('f/a')), [result('f/a/one', 'pass')]);
  const comparison = compareReports(kept, made, { strict: false });
  const all = {
    terminal: renderTerminal(made, { color: false, columns: 300, reportPath: 'report.html' }),
    html: renderHtml(made),
    junit: renderJUnit(made),
    annotations: renderAnnotations(made),
    summary: renderSummary(made).replaceAll('\\', ''),
    compare: renderText(comparison, { color: false, columns: 400 }),
    'compare as Markdown': renderComparisonMarkdown(comparison).replaceAll('\\', ''),
  };
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, text.replaceAll(/\s+/g, ' ')]));
}

test('every rendering says what seems to be in front, and the advice addresses the person who runs it', () => {
  const [, type, headers, body] = fronts[0]!;
  const made = runOf({ headers: { ...typed(type!), ...headers }, body: body! });
  for (const [name, text] of Object.entries(renderingsOf(made))) {
    expect(text, name).toContain(
      'this answer seems to come from something in front of the API (nginx, text/html)',
    );
    if (!name.startsWith('compare'))
      expect(text, name).toMatch(/to whoever runs nginx in front of the API: /i);
    expect(text.replace(/<section id="catalogue[\s\S]*/, ''), name).not.toContain('advice for f/a');
  }
  expect(fixesOf(made).failing[0]!.advice).toBe(
    'To whoever runs nginx in front of the API: forward the request to the API, or answer 401 itself.',
  );
});

test('every rendering says that a cache may have answered, and what is to be done then', () => {
  const made = runOf({
    status: 200,
    headers: { 'Content-Type': 'application/json', Age: '7' },
    kind: 'let-in',
  });
  for (const [name, text] of Object.entries(renderingsOf(made))) {
    expect(text, name).toContain('a cache may have answered (Age: 7)');
    if (name.startsWith('compare')) continue;
    expect(text, name).toContain(
      'do not let it store answers to requests with Authorization (RFC 9111, section 3.5)',
    );
  }
});

test('what is in front speaks no command, colour or markup of its own', () => {
  const headers = { 'Content-Type': 'text/html', Server: '\u001b[31mGate<b>\n::error::x' };
  const made = runOf({ headers, body: '<p>no</p>' });
  const { html = '', junit = '', ...texts } = renderingsOf(made);
  for (const text of [html, junit]) expect(text).not.toContain('Gate<b>');
  for (const text of [html, junit, ...Object.values(texts)]) expect(text).not.toContain('\u001b');
  const lines = renderAnnotations(made).split('\n');
  expect(
    lines.filter((line) => line.startsWith('::')).every((line) => line.startsWith('::error title=')),
  ).toBe(true);
});
