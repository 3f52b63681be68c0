import { expect, test } from '@playwright/test';
import { prepareKeys } from '../../../../harness/engine/key-control/preparations.ts';
import {
  type Control,
  ControlError,
  type ControlledKey,
} from '../../../../harness/engine/key-control/protocol.ts';
import type { Preparation } from '../../../../harness/model/index.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { controlAt } from '../../support/control.ts';
import { rows } from '../../support/preparation-rows.ts';
import { wordsOf } from '../../support/vocabulary.ts';

test('every preparation is known here', () => {
  expect(wordsOf('catalogue', 'Preparation')).toEqual(Object.keys(rows));
});

for (const [preparation, row] of Object.entries(rows)) {
  test(`${preparation}: the keys are what the preparation says, and die when they are discarded`, async () => {
    const reference = await startReference();
    const status = async (key: string): Promise<number> => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${reference.url}/v1/version`, { headers })).status;
    };
    try {
      const { controlUrl: url, controlToken: token } = reference;
      const control = controlAt(url, token);
      const project = await control.createProject('prepared');
      const made: string[] = [];
      const warmed: (readonly [string, number, number])[] = [];
      const waited: (readonly [string, number])[] = [];
      const keys = await prepareKeys(preparation as Preparation, {
        control,
        projectId: project.id,
        keyMade: (value) => made.push(value),
        warm: async (key, times) => {
          warmed.push([key.value, await status(key.value), times]);
        },
        untilRejected: async (key) => {
          waited.push([key.value, await status(key.value)]);
        },
      });
      const isAwaited = preparation === 'used and regenerated write key, when it is rejected';
      expect(waited).toEqual(isAwaited ? [[keys.prepared.value, 401]] : []);
      expect(warmed).toEqual(row.warmed === undefined ? [] : [[keys.prepared.value, 200, row.warmed]]);
      const { controlId, value, ...prepared } = keys.prepared;
      expect(prepared).toEqual({
        variable: 'PREPARED_KEY',
        description: row.description,
        projectId: project.id,
        permission: row.permission,
      });
      expect([made[row.prepares ?? 0], made.length, new Set(made).size]).toEqual([value, row.made, row.made]);
      expect(await status(value)).toBe(row.prepared);
      if (row.successor === undefined) {
        expect([keys.successor, keys.before, keys.after]).toEqual([undefined, undefined, undefined]);
      } else {
        const common = { id: controlId!, project_id: project.id, permission: row.permission };
        expect(keys.before).toEqual({ ...common, key: made[0]! });
        expect(keys.after).toEqual({ ...common, key: made[1]! });
        expect(keys.successor).toEqual({
          ...keys.prepared,
          value: made[1],
          variable: 'NEW_KEY',
          description: row.successor,
        });
        expect(await status(made[1]!)).toBe(200);
      }
      await keys.discard();
      await keys.discard();
      expect(await Promise.all(made.map(status))).toEqual(made.map(() => 401));
      expect(await status(reference.keys.write)).toBe(200);
    } finally {
      await reference.close();
    }
  });
}

/** Key control that only records what it is asked; it rejects `failing`. */
function recorded(failing?: string): { readonly control: Control; readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const call = async <T>(name: string, argument: unknown, result: T): Promise<T> => {
    calls.push([name, argument]);
    if (name === failing) throw new ControlError(`${name} fails`);
    return result;
  };
  let count = 0;
  const key = (id: string): ControlledKey => {
    count += 1;
    return { id, key: `key-${count}`, project_id: 'p', permission: 'write' };
  };
  const control: Control = {
    describe: () => Promise.reject(new Error('nobody asks')),
    createProject: () => Promise.reject(new Error('nobody asks')),
    createKey: (request) => call('create', request, key(`id-${count + 1}`)),
    regenerateKey: (id) => call('regenerate', id, key(id)),
    revokeKey: (id) => call('revoke', id, undefined),
    advanceClock: (seconds) => call('advance', seconds, 0),
  };
  return { control, calls };
}

const year = 31_536_000;

test('expiry and clock are moved so that the key is on the right side of its end', async () => {
  const asked = async (preparation: Preparation): Promise<unknown[][]> => {
    const { control, calls } = recorded();
    await prepareKeys(preparation, { control, keyMade: () => undefined });
    return calls;
  };
  expect(await asked('key before its expiry')).toEqual([
    ['create', { permission: 'write', expires_in: 200 * year }],
  ]);
  expect(await asked('key past half of its life')).toEqual([
    ['create', { permission: 'write', expires_in: 100 * year }],
    ['advance', 51 * year],
  ]);
  expect(await asked('key after its expiry')).toEqual([
    ['create', { permission: 'write', expires_in: 3600 }],
    ['advance', 4200],
  ]);
  expect(await asked('key after ten years')).toEqual([
    ['create', { permission: 'write' }],
    ['advance', 10 * year],
  ]);
});

for (const [preparation, failing, calls] of [
  [
    'regenerated write key',
    'regenerate',
    [
      ['regenerate', 'id-1'],
      ['revoke', 'id-1'],
    ],
  ],
  [
    'key after its expiry',
    'advance',
    [
      ['advance', 4200],
      ['revoke', 'id-1'],
    ],
  ],
  [
    'revoked write key',
    'revoke',
    [
      ['revoke', 'id-1'],
      ['revoke', 'id-1'],
    ],
  ],
  ['fresh write key', 'create', []],
] as const) {
  test(`${preparation}: if key control fails at ${failing}, the created keys are revoked`, async () => {
    const { control, calls: seen } = recorded(failing);
    const made: string[] = [];
    const work = prepareKeys(preparation, { control, keyMade: (value) => made.push(value) });
    await expect(work).rejects.toThrow(new ControlError(`${failing} fails`));
    expect(seen.slice(1)).toEqual(calls);
    expect(made).toEqual(failing === 'create' ? [] : ['key-1']);
  });
}

test('keys are made until one suits, and the others are revoked with it', async () => {
  const { control, calls } = recorded();
  const suits = async (key: { value: string }) => key.value === 'key-3';
  const keys = await prepareKeys('fresh write key', { control, keyMade: () => undefined, suits });
  expect(keys.prepared.value).toBe('key-3');
  await keys.discard();
  expect(calls.filter(([name]) => name === 'revoke').length).toBe(3);
});

test('a run that cannot warm caches says so and leaves no key behind', async () => {
  const { control, calls } = recorded();
  const work = prepareKeys('warmed and revoked write key', { control, keyMade: () => undefined });
  await expect(work).rejects.toThrow(new ControlError('this run cannot warm up caches'));
  expect(calls.slice(1)).toEqual([['revoke', 'id-1']]);
});

test('discarding revokes each key once and never fails', async () => {
  const { control, calls } = recorded('revoke');
  const keys = await prepareKeys('sibling of a regenerated key', { control, keyMade: () => undefined });
  await keys.discard();
  const ids = calls.flatMap(([name, id]) => (name === 'revoke' ? [id] : []));
  expect(ids).toEqual(['id-1', 'id-2']);
});
