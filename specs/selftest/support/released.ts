import { readFileSync, writeFileSync } from 'node:fs';

const kinds = ['families', 'requirements', 'scenarios'] as const;

/** Ids that reports, baselines and `-g` patterns out there depend on. */
export type Ids = Readonly<Record<(typeof kinds)[number], readonly string[]>>;

/** The lock: released ids stay for ever, the others until the next release makes them released. */
export interface IdLock extends Ids {
  readonly unreleased: Ids;
}

const file = new URL('../ids.lock.json', import.meta.url);

/** `1` writes down which ids there are; `release` makes all of them released. */
const update = process.env.UPDATE_IDS;
export const updating = update === '1' || update === 'release';

export function readLock(): IdLock {
  return JSON.parse(readFileSync(file, 'utf8')) as IdLock;
}

export function writeLock(lock: IdLock): void {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/** The lock for the ids that there are: never without a released one, and without unreleased ones that are gone. */
export function lockFor(released: Ids, current: Ids, releasing = update === 'release'): IdLock {
  const stay = ofKinds((kind) => sorted([...released[kind], ...(releasing ? current[kind] : [])]));
  return {
    ...stay,
    unreleased: ofKinds((kind) => sorted(current[kind].filter((id) => !stay[kind].includes(id)))),
  };
}

/** Released ids that are gone. */
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
