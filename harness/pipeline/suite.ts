import { createHash } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import type { Family } from '../model.ts';

export const suiteName: string = manifest.name;
export const suiteVersion: string = manifest.version;

/** SHA-256 over the catalogue as data: two runs with the same digest tried the same things. */
export function catalogueDigest(catalogue: readonly Family[]): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(catalogue)).digest('hex')}`;
}
