import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Family } from '../../model/index.ts';

const require = createRequire(import.meta.url);
const manifest = require('mufi-auth-conformance/package.json') as { name: string; version: string };

export const suiteName = manifest.name;
export const suiteVersion = manifest.version;

const digests = new WeakMap<readonly Family[], string>();

/** SHA-256 over the catalogue as data: two runs with the same digest tested the same. */
export function catalogueDigest(catalogue: readonly Family[]): string {
  const digest =
    digests.get(catalogue) ??
    `sha256:${createHash('sha256').update(JSON.stringify(catalogue)).digest('hex')}`;
  digests.set(catalogue, digest);
  return digest;
}
