import { expect, test } from '@playwright/test';
import {
  type Control,
  ControlError,
  type ControlledKey,
} from '../../../../harness/engine/key-control/protocol.ts';
import { tracked } from '../../../../harness/engine/key-control/tracked.ts';
import {
  controlAt,
  madeKey as key,
  controlRefusal as refusal,
  controlToken as token,
} from '../../support/control.ts';
import { json, startServer } from '../../support/server.ts';

const long = 'x'.repeat(200_000);

test('a key that was made is revoked, even if the answer cannot be used', async () => {
  const answers: readonly (readonly [status: number, answer: unknown])[] = [
    [201, { ...key, id: 'unsigned', key: 'no JWT' }],
    [201, { ...key, id: 'long', project_id: long }],
    [500, { ...key, id: 'failed' }],
    [201, { id: 'bare' }],
  ];
  let made = 0;
  const server = await startServer(({ method }, response) => {
    if (method === 'DELETE') return response.writeHead(204).end();
    const [status = 0, answer] = answers[made] ?? [];
    made += 1;
    return json(response, status, answer);
  });
  try {
    const control = tracked(controlAt(server.url, token));
    for (const _answer of answers) await refusal(control.createKey({ permission: 'write' }));
    await control.revokeLeftovers();
    const revoked = server.seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(revoked.sort()).toEqual(['bare', 'failed', 'long', 'unsigned'].map((id) => `/keys/${id}`));
  } finally {
    await server.close();
  }
});

test('a key whose creation is under way when the run ends is revoked, and no other is made', async () => {
  const revoked: string[] = [];
  let finish: (made: ControlledKey) => void = () => undefined;
  const control = tracked({
    createKey: () =>
      new Promise<ControlledKey>((resolve) => {
        finish = resolve;
      }),
    revokeKey: async (id) => {
      revoked.push(id);
    },
  } as Partial<Control> as Control);
  const making = control.createKey({ permission: 'write' });
  const ending = control.revokeLeftovers();
  expect(await refusal(control.createKey({ permission: 'write' }))).toBe(
    'the run is ending, so no new key is created',
  );
  finish(key);
  await making;
  await ending;
  expect(revoked).toEqual(['k1']);
});

test('a key that comes later than anybody waits for is revoked as long as the process is there', async () => {
  const revoked: string[] = [];
  let finish: (made: ControlledKey) => void = () => undefined;
  const slow = {
    createKey: () =>
      new Promise<ControlledKey>((resolve) => {
        finish = resolve;
      }),
    revokeKey: async (id: string) => {
      revoked.push(id);
    },
  } as Partial<Control> as Control;
  const control = tracked(slow, undefined, { creationsMs: 20, revocationsMs: 20 });
  const making = control.createKey({ permission: 'write' });
  await control.revokeLeftovers();
  expect(revoked).toEqual([]);
  finish(key);
  await making;
  expect(revoked).toEqual(['k1']);
});

test('a revocation that fails once is tried again when the run ends', async () => {
  let tries = 0;
  const control = tracked({
    createKey: async () => key,
    revokeKey: async () => {
      tries += 1;
      if (tries === 1) throw new ControlError('busy');
    },
  } as Partial<Control> as Control);
  await control.createKey({ permission: 'write' });
  await control.revokeLeftovers();
  expect(tries).toBe(2);
});

test('keys that another thread made are revoked too', async () => {
  const revoked: string[] = [];
  const control = tracked({
    createKey: async () => key,
    revokeKey: async (id) => {
      revoked.push(id);
    },
  } as Partial<Control> as Control);
  await control.createKey({ permission: 'write' });
  expect(control.activeKeys()).toEqual([key.id]);
  await control.revokeLeftovers(['theirs']);
  expect(revoked.sort()).toEqual([key.id, 'theirs'].sort());
  expect(control.activeKeys()).toEqual([]);
});
