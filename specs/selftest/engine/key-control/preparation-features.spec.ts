import { expect, test } from '@playwright/test';
import { preparationFeatures } from '../../../../harness/engine/key-control/preparations.ts';

test('preparations that need more than keys say what', () => {
  expect(preparationFeatures).toEqual({
    'key before its expiry': ['expiring-keys'],
    'key past half of its life': ['expiring-keys', 'clock'],
    'key after its expiry': ['expiring-keys', 'clock'],
    'key after ten years': ['clock'],
  });
});
