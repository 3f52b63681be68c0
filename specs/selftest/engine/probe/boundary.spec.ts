import { expect, test } from '@playwright/test';
import { createProber, type ProbeLabel } from '../../../../harness/engine/probe/prober.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { runEngine } from '../../support/engine.ts';
import { repositoryFiles, textOf } from '../../support/imports.ts';
import { json, startServer } from '../../support/server.ts';

const label: ProbeLabel = { variant: 'valid', credential: { description: 'write key' }, presented: [] };
const outside = 'the request was not sent, because its URL is outside the target';

test('no request is sent unless its URL is below a URL of the target, raw requests included', async () => {
  const server = await startServer((_seen, response) => json(response, 200, {}));
  const other = await startServer((_seen, response) => json(response, 200, {}));
  const base = `${server.url}/api`;
  const prober = createProber({
    userAgent: 'x',
    timeoutMs: 5000,
    concurrency: 4,
    maxRequestsPerSecond: undefined,
    within: [base, `${other.url}/replica/`],
  });
  const { host } = new URL(other.url);
  try {
    for (const url of [
      `${base}@${host}/steal`,
      `${base}.${host}/steal`,
      `${base}x/v1`,
      `${base}/../steal`,
      `${base}/v1/..%2f../%2e%2e/%2E./.%2e/steal`,
      `${base}/..`,
      `${server.url}/steal`,
      `${other.url}/steal`,
      base.replace('http:', 'https:'),
      base.replace('http://', 'http://me@'),
      base.replace('127.0.0.1', 'localhost'),
      'http://127.0.0.1:1/',
      'not a URL',
      '',
    ]) {
      const wire = { method: 'GET', url, headers: [] };
      await expect(prober.send(wire, label), url).rejects.toThrow(outside);
      await expect(prober.send({ ...wire, lines: ['X: 1'] }, label), url).rejects.toThrow(outside);
      await expect(prober.connect(url), url).rejects.toThrow(outside);
      await expect(prober.handshake(url, 'TLS 1.0'), url).rejects.toThrow(outside);
    }
    const connection = await prober.connect(base);
    const elsewhere = { method: 'GET', url: `${other.url}/steal`, headers: [] };
    await expect(prober.send(elsewhere, label, connection)).rejects.toThrow(outside);
    connection.close();
    expect([prober.requests, server.seen.length, other.seen.length]).toEqual([0, 0, 0]);
    for (const url of [base, `${base}/v1/./x`, `${base}?a=1`, `${base}/v1/a..b`, `${other.url}/replica/v1`]) {
      const { response } = await prober.send({ method: 'GET', url, headers: [] }, label);
      expect(response?.status, url).toBe(200);
    }
  } finally {
    prober.dispose();
    await Promise.all([server.close(), other.close()]);
  }
});

test('every prober of the suite has a boundary', () => {
  const making = repositoryFiles('harness')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/= createProber\((\{[\s\S]*?\n? *\})\);/g)].map(([, one]) => [file, one]),
    );
  expect(making.map(([file]) => file)).toEqual(['harness/cli/forge.ts', 'harness/engine/session/session.ts']);
  for (const [file, options] of making) expect(options, file).toContain('within');
});

test('ids that a target chooses never lead a request out of the base URL', async () => {
  test.setTimeout(120_000);
  const reference = await startReference();
  const asked: string[] = [];
  const front = await startServer(async (seen, response) => {
    asked.push(seen.path);
    const headers = Object.fromEntries(Object.entries(seen.headers).filter(([name]) => name !== 'host'));
    const answer = await fetch(`${reference.url}${seen.path.replace(/^\/api/, '')}`, {
      method: seen.method,
      headers: headers as Record<string, string>,
      ...(seen.body === '' ? {} : { body: seen.body }),
    });
    const text = (await answer.text()).replace(/"id": ?"[^"]*"/g, '"id":"../../../../steal?x=1#"');
    json(response, answer.status, JSON.parse(text === '' ? '{}' : text));
  });
  try {
    const report = await runEngine(
      {
        MUFI_BASE_URL: `${front.url}/api`,
        MUFI_WRITE_KEY: reference.keys.write,
        MUFI_READ_KEY: reference.keys.read,
      },
      { depth: 'quick', atATime: 4, scenarios: /required\/no-header|signature-verified\/zeros/ },
    );
    expect(report.suiteFaults).toEqual([]);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((url) => !url.startsWith('/api/'))).toEqual([]);
  } finally {
    await Promise.all([front.close(), reference.close()]);
  }
});
