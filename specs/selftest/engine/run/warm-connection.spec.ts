import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import { readOptions } from '../../../../harness/engine/configuration/options.ts';
import type { CassetteContent } from '../../../../harness/engine/evidence/cassette.ts';
import { createRecordingCassette } from '../../../../harness/engine/evidence/cassette-file.ts';
import { createReplayCassette } from '../../../../harness/engine/evidence/replay.ts';
import { runPreflight } from '../../../../harness/engine/run/index.ts';
import { withCassette } from '../../../../harness/engine/session/recorded-session.ts';
import type { SendSpec } from '../../../../harness/engine/session/send.ts';
import { openSession, type Session } from '../../../../harness/engine/session/session.ts';
import { type ConnectionLook, lookAtConnection } from '../../../../harness/engine/session/warm-connection.ts';
import { because } from '../../../../harness/model/index.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { run } from '../../support/cli.ts';

interface LookResult {
  readonly look: ConnectionLook;
  readonly cassette: CassetteContent;
  /** The same observation from the recording. */
  readonly replayed: ConnectionLook;
  /** Status codes that the replay line of the accepted request prints. */
  readonly replay: readonly string[];
}

/** Sends one request to a reference server, records it, judges the recording, and runs its replay line. */
async function lookedAt(
  faults: readonly string[],
  specOf: (session: Session) => Omit<SendSpec, 'operation' | 'variant'>,
): Promise<LookResult> {
  const server = await startReference({ faults });
  try {
    const target = readConfiguration(server.environment);
    const first = await runPreflight({
      target,
      baseUrl: server.url,
      options: readOptions({}),
      catalogue: [],
    });
    const session = await openSession(first.state);
    const operation = session.state.operations.find(
      (one) => one.operation.id === 'GET /v1/version',
    )?.operation;
    if (operation === undefined) throw new Error('the version is missing');
    const spec: SendSpec = { operation, variant: 'valid', ...specOf(session) };
    const recording = createRecordingCassette('one', session);
    const look = await lookAtConnection(withCassette(session, recording), spec);
    const cassette = recording.content();
    const replaying = createReplayCassette(cassette);
    const replayed = await lookAtConnection(withCassette(session, replaying), spec);
    replaying.finish();
    await session.close();
    await first.finish();
    const line = look.second?.record.replay;
    if (line === undefined) return { look, cassette, replayed, replay: [] };
    const { stdout, stderr } = await run('sh', ['-c', line], { environment: server.environment });
    return {
      look,
      cassette,
      replayed,
      replay: [...stdout.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code = stderr]) => code),
    };
  } finally {
    await server.close();
  }
}

const lowerCase = (session: Session) => ({
  key: session.state.target.keys.write,
  scenario: { id: 'token/each-request-on-its-own/lower-case', title: 'the key in lower case' },
  present: { headers: { Authorization: 'Bearer {key|lower}' } },
});
const statuses = ({ sent }: ConnectionLook): unknown[] =>
  sent.map(({ exchange }) => exchange.response?.status);

test('a key that is accepted only behind the unmodified one is found so, and its line sends both', async () => {
  test.skip(spawnSync('curl', ['--version']).error !== undefined, 'curl is not installed');
  const { look, cassette, replayed, replay } = await lookedAt(['connection-ignores-case'], lowerCase);
  expect([look.accepted, statuses(look)]).toEqual(['only-warm', [401, 200, 200]]);
  expect(look.second).toBe(look.sent[2]);
  expect(look.second?.record.replay).toContain(' --next ');
  expect(replay).toEqual(['200', '200']);
  expect([replayed.accepted, statuses(replayed)]).toEqual(['only-warm', [401, 200, 200]]);
  expect([cassette.exchanges.length, cassette.facts.length]).toEqual([3, 2]);
});

test('what is refused behind the unmodified key as well is accepted nowhere', async () => {
  const { look, replayed } = await lookedAt([], lowerCase);
  expect([look.accepted, statuses(look), look.second]).toEqual(['nowhere', [401, 200, 401], undefined]);
  expect(replayed.accepted).toBe('nowhere');
});

test('what is accepted on a connection of its own needs no other before it', async () => {
  const { look } = await lookedAt(['signature-ignored'], (session) => ({
    key: session.state.target.keys.write,
    scenario: { id: 'token/signature-verified/zeros', title: 'the signature is zeros' },
    forge: { sign: { bytes: 'zeros' } },
  }));
  expect([look.accepted, statuses(look)]).toEqual(['anywhere', [200]]);
});

test('nothing is concluded if the unmodified key is rejected', async () => {
  const { look, replayed } = await lookedAt([], (session) => ({
    ...lowerCase(session),
    key: session.state.target.keys.revoked,
  }));
  expect([look.accepted, statuses(look)]).toEqual(['undecided', [401, 401]]);
  expect([look.undecided, replayed.undecided]).toEqual([
    because('unmodified-not-accepted', { status: 401 }),
    look.undecided,
  ]);
});

test('nothing is concluded if the target accepts no connection', async () => {
  const { look, replayed } = await lookedAt([], (session) => ({
    ...lowerCase(session),
    baseUrl: 'http://127.0.0.1:1',
  }));
  expect([look.accepted, look.sent.length, look.undecided]).toEqual([
    'undecided',
    0,
    because('no-further-connection'),
  ]);
  expect(replayed.accepted).toBe('undecided');
});
