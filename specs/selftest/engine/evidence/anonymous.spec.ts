import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import { catalogue } from '../../../requirements/index.ts';
import { certifiedAnyway, recordRun } from '../../support/recorded.ts';

/** Forwards to a target that is named later, and keeps everything that it receives. */
async function startListener() {
  const seen: string[] = [];
  let target = '';
  const server = createServer({ maxHeaderSize: 1_048_576 }, async (incoming, outgoing) => {
    // Some requests are cancelled before they are answered.
    const body = Buffer.concat(await incoming.toArray().catch(() => []));
    if (!incoming.complete) return;
    const { method, url, rawHeaders } = incoming;
    seen.push([method, url, ...rawHeaders, body.toString('utf8')].join('\n'));
    const onward = request(target, {
      path: url,
      method,
      headers: rawHeaders as unknown as [],
      maxHeaderSize: 1_048_576,
    });
    onward.on('error', () => outgoing.destroy());
    onward.on('response', async (answer: IncomingMessage) => {
      outgoing
        .writeHead(answer.statusCode ?? 0, answer.rawHeaders)
        .end(Buffer.concat(await answer.toArray()));
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    seen,
    before: (environment: Readonly<Record<string, string>>) => {
      target = new URL(environment.MUFI_BASE_URL ?? '').origin;
      return Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, value.replace(target, url)]),
      );
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A text, and the text that its base64 decodes to. */
function readable(text: string): string {
  const runs = text.match(/[\w-]{8,}/g) ?? [];
  return [text, ...runs.map((run) => Buffer.from(run, 'base64url').toString('latin1'))].join('\n');
}

const telling = /conformance|mufi-auth|x-request-id|\bmac-[0-9a-f]{8}|\ncontrol-\w+\n|c0f0/i;
const some = catalogue.map((family) => ({
  ...family,
  requirements: family.requirements.filter(({ id }) => /^(token|isolation|hygiene|permissions)\//.test(id)),
}));

test('an anonymous run sends nothing that names the suite, shows what it sent, and verifies', async () => {
  test.setTimeout(300_000);
  const listener = await startListener();
  try {
    const run = await recordRun({}, some, undefined, (environment) => ({
      ...listener.before(environment),
      MUFI_ANONYMOUS: 'seed-1',
    }));
    expect(listener.seen.length).toBeGreaterThan(1000);
    const told = listener.seen.map(readable).filter((text) => telling.test(text));
    expect(
      told.map((text) =>
        text.slice(Math.max(0, (telling.exec(text)?.index ?? 0) - 60), (telling.exec(text)?.index ?? 0) + 40),
      ),
    ).toEqual([]);
    expect(run.report.counts.verdicts.fail).toBe(0);
    expect(run.report.configuration).toContainEqual({ name: 'MUFI_ANONYMOUS', value: 'seed-1' });
    expect(run.report.reason).toContain('anonymous, with the seed seed-1');
    const shown = run.report.exchanges.map(({ request }) => JSON.stringify(request));
    expect(shown.filter((text) => text.includes('conformance'))).toEqual([]);
    expect(await certifiedAnyway(run, some)).toBe('verified');
  } finally {
    listener.close();
  }
});

test('a run says who it is unless it is told otherwise, and has a seed of its own unless one is given', () => {
  const keys = {
    MUFI_BASE_URL: 'http://127.0.0.1:1',
    MUFI_WRITE_KEY: 'e30.e30.AA',
    MUFI_READ_KEY: 'e30.e30.AQ',
  };
  const seedOf = (given: object) => readConfiguration({ ...keys, ...given }).anonymous;
  expect(seedOf({})).toBeUndefined();
  expect(seedOf({ MUFI_ANONYMOUS: 'nightly' })).toBe('nightly');
  expect(seedOf({ MUFI_ANONYMOUS: '1' })).toMatch(/^[0-9a-f]{16}$/);
  expect(seedOf({ MUFI_ANONYMOUS: '1' })).not.toBe(seedOf({ MUFI_ANONYMOUS: '1' }));
});
