import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Ids that reports, baselines and `-g` patterns out there depend on. */
export interface ReleasedIds {
  readonly families: readonly string[];
  readonly requirements: readonly string[];
  readonly scenarios: readonly string[];
}

const file = new URL('../ids.lock.json', import.meta.url);
export const updating = process.env.UPDATE_IDS === '1';

export function readReleased(): ReleasedIds {
  const none = { families: [], requirements: [], scenarios: [] };
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReleasedIds) : none;
}

/** Adds new ids to the released ones; never takes one away. */
export function releaseMore(current: ReleasedIds): void {
  const released = readReleased();
  const merged = (name: keyof ReleasedIds): string[] =>
    [...new Set([...released[name], ...current[name]])].sort();
  const next = {
    families: merged('families'),
    requirements: merged('requirements'),
    scenarios: merged('scenarios'),
  };
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`);
}
