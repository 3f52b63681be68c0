import { readFileSync, writeFileSync } from 'node:fs';

const kinds = ['families', 'requirements', 'scenarios'] as const;

/** Ids that reports, baselines and `-g` patterns of users depend on. */
export type Ids = Readonly<Record<(typeof kinds)[number], readonly string[]>>;

/** The lock: released ids stay forever, the others until the next release. */
export interface IdLock extends Ids {
  readonly unreleased: Ids;
}

const file = new URL('../ids.lock.json', import.meta.url);

/** `1` writes the current ids; `release` marks all of them as released. */
const update = process.env.UPDATE_IDS;
export const updating = update === '1' || update === 'release';

export function readLock(): IdLock {
  return JSON.parse(readFileSync(file, 'utf8')) as IdLock;
}

export function writeLock(lock: IdLock): void {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/** The lock for the current ids. Keeps every released id, and drops unreleased ids that no longer exist. */
export function lockFor(released: Ids, current: Ids, releasing = update === 'release'): IdLock {
  const stay = ofKinds((kind) => sorted([...released[kind], ...(releasing ? current[kind] : [])]));
  return {
    ...stay,
    unreleased: ofKinds((kind) => sorted(current[kind].filter((id) => !stay[kind].includes(id)))),
  };
}

/** Released ids that no longer exist. */
export function goneFrom(current: Ids, released: Ids): string[] {
  return kinds.flatMap((kind) => released[kind].filter((id) => !current[kind].includes(id)));
}

function ofKinds(idsOf: (kind: (typeof kinds)[number]) => string[]): Ids {
  const [families, requirements, scenarios] = kinds;
  return {
    families: idsOf(families),
    requirements: idsOf(requirements),
    scenarios: idsOf(scenarios),
  };
}

function sorted(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
