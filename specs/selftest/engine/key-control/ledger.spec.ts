import { expect, test } from '@playwright/test';
import { createLedger } from '../../../../harness/engine/key-control/ledger.ts';
import type { ControlledKey } from '../../../../harness/engine/key-control/protocol.ts';

const keyOf = (id: string, key: string): ControlledKey => ({ id, key, project_id: 'p', permission: 'write' });

test('keys die by regeneration and revocation, in this order, and one that is answered again lives', () => {
  const ledger = createLedger();
  ledger.made(keyOf('a', 'a1'));
  ledger.made(keyOf('b', 'b1'));
  const before = ledger.of('a');
  ledger.made(keyOf('a', 'a2'));
  ledger.ended('a', 'regenerated', before);
  expect(ledger.dead()).toEqual([{ ...keyOf('a', 'a1'), died: 'regenerated' }]);
  ledger.ended('a', 'revoked');
  ledger.ended('c', 'revoked');
  expect(ledger.dead().map(({ key, died }) => [key, died])).toEqual([
    ['a1', 'regenerated'],
    ['a2', 'revoked'],
  ]);
  ledger.made(keyOf('a', 'a1'));
  expect(ledger.dead().map(({ key }) => key)).toEqual(['a2']);
  expect(ledger.of('b')).toEqual([keyOf('b', 'b1')]);
});
