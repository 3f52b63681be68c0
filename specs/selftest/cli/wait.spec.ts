import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { waitForTarget } from '../../../harness/cli/wait.ts';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { cli, linesOf, startRecorder } from '../support/cli.ts';
import { base } from '../support/environments.ts';
import { listening } from '../support/server.ts';

const targetAt = (url: string) => readConfiguration({ ...base, MUFI_BASE_URL: url });

async function freeUrl(): Promise<string> {
  const gone = await startRecorder();
  await gone.close();
  return gone.url;
}

test('a target that answers anything is not waited for, and gets no key', async () => {
  const broken = await startRecorder();
  expect(await waitForTarget(targetAt(broken.url), 30)).toBeUndefined();
  await broken.close();
  expect(broken.seen.map(({ status, authorization }) => [status, authorization])).toEqual([[500, undefined]]);
});

test('a target that starts in the meantime is waited for', async () => {
  const url = await freeUrl();
  const waiting = waitForTarget(targetAt(url), 30);
  const server = createServer((_request, response) => response.end());
  setTimeout(() => server.listen(Number(new URL(url).port), '127.0.0.1'), 700);
  expect(await waiting).toBeUndefined();
  server.close();
});

test('a target that accepts connections and stays silent does not hold the wait up', async () => {
  const silent = await listening(createServer(() => undefined));
  const started = performance.now();
  expect(await waitForTarget(targetAt(silent.url), 1)).toMatch(/ did not answer within 1 second: /);
  expect(performance.now() - started).toBeLessThan(5000);
  await silent.close();
});

test('when the time is over, run ends with exit code 2 and one cause', async () => {
  const url = await freeUrl();
  const out = test.info().outputPath('report');
  const environment = { ...base, MUFI_BASE_URL: url };
  const { exitCode, stdout, stderr } = await cli(['run', '--wait', '1', '--out', out], { environment });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(linesOf(stderr)).toEqual([
    `${url} did not answer within 1 second: the connection is refused; start the target, or check MUFI_BASE_URL: nothing listens on its port.`,
  ]);
});

test('--wait takes a number of seconds', async () => {
  for (const wrong of ['soon', '0', '-1', '3601']) {
    const { exitCode, stderr } = await cli(['run', '--wait', wrong]);
    expect([wrong, exitCode]).toEqual([wrong, 3]);
    expect(stderr).toContain('it must be a number of seconds, at most 3600.');
  }
});
