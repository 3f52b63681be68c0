import { createHash } from 'node:crypto';
import { defined } from '../model/defined.ts';
import { because, type Family, type Level, type ScenarioResult } from '../model/index.ts';
import type { RunHeader } from '../model/run-header.ts';
import type { ReportInputs } from './build.ts';
import { leftOutOf } from './coverage.ts';
import { damageOf, derivedResult } from './derived.ts';
import { scenarioIds } from './scenario-ids.ts';
import type { Part } from './shard.ts';
import { refuseDifferent } from './shard-compatibility.ts';
import { wordedHeader } from './worded.ts';

/** Why parts do not belong to one run, in one sentence. */
export class NotOneRun extends Error {
  override readonly name = 'NotOneRun';
}

/** A part and its path. */
export interface FoundPart {
  readonly place: string;
  readonly part: Part;
}

type Operations = RunHeader['target']['operations'];

/** States of an operation, the worst first; used if shards disagree. */
const worstFirst = ['shut-out', 'broken', 'unknown', 'absent', 'available'] as const;

/**
 * Combines the shards of one run into what the report of an unsharded run is built from. Throws NotOneRun if a shard is
 * missing or duplicated, or if shards differ in target, suite or configuration.
 */
export function mergeParts(found: readonly FoundPart[], catalogue: readonly Family[]): ReportInputs {
  const parts = inOrder(found);
  refuseDifferent(parts, (why) => new NotOneRun(why));
  const all = scenarioIds(catalogue);
  for (const part of parts) refuseDamaged(part, all);
  const startedAt = Math.min(...parts.map(({ header }) => header.startedAt));
  const header = mergeHeaders(parts, startedAt);
  const levels = levelsOf(catalogue);
  const { strict } = header.options;
  const results = parts
    .flatMap((part) => resultsOf(part, startedAt))
    .map((result) => derivedResult(result, { level: levels.get(result.scenario) ?? 'MUST', strict }));
  const interrupted = parts.some((part) => part.interrupted);
  const planned = parts.reduce((sum, part) => sum + part.planned.length, 0);
  const leftOut = leftOutOf({
    interrupted,
    results,
    planned,
    all: all.length,
    selection: header.options.selection,
  });
  return {
    header,
    catalogue,
    results,
    finishedAt: Math.max(...parts.map(({ finishedAt }) => finishedAt)),
    suiteFaults: parts.flatMap(({ shard, suiteFaults }) =>
      suiteFaults.map((fault) => `shard ${shard.index}: ${fault}`),
    ),
    interrupted,
    ...defined({ leftOut }),
  };
}

/** By scenario id. */
function levelsOf(catalogue: readonly Family[]): ReadonlyMap<string, Level> {
  const requirements = catalogue.flatMap((family) => family.requirements);
  return new Map(
    requirements.flatMap(({ id, level, scenarios }) =>
      scenarios.map((scenario) => [`${id}/${scenario.id}`, level] as const),
    ),
  );
}

/** Counts only what ran: every result once, from a scenario that the shard was meant to run. */
function refuseDamaged({ shard, planned, results }: Part, all: readonly string[]): void {
  const refuse = (id: string, why: string): NotOneRun => {
    const name = `${shard.index} of ${shard.total}`;
    return new NotOneRun(`shard ${name} is damaged: ${id} ${why}; run it again`);
  };
  const stray = planned.find((id) => !all.includes(id));
  if (stray !== undefined) throw refuse(stray, 'is not in the catalogue');
  const ids = results.map(({ scenario }) => scenario);
  const foreign = ids.find((id) => !planned.includes(id));
  if (foreign !== undefined) throw refuse(foreign, 'has a result but was not part of the run');
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refuse(twice, 'has two results');
  for (const result of results) {
    const why = damageOf(result);
    if (why !== undefined) throw refuse(result.scenario, why);
  }
}

/** Every shard once, by its number. */
function inOrder(found: readonly FoundPart[]): readonly Part[] {
  const [first] = found;
  if (first === undefined) throw new NotOneRun('no shard was given');
  const { total } = first.part.shard;
  const byIndex = new Map<number, FoundPart>();
  for (const one of found) {
    const { shard } = one.part;
    const twin = byIndex.get(shard.index);
    if (shard.total !== total) {
      const [a, b] = [first, one].map(({ place, part }) => `${place} is one of ${part.shard.total}`);
      throw new NotOneRun(`the shards belong to different runs: ${a}, ${b}`);
    }
    if (twin !== undefined) {
      const twice = `shard ${shard.index} of ${total} occurs twice: ${twin.place} and ${one.place}`;
      throw new NotOneRun(`${twice}; give it once`);
    }
    byIndex.set(shard.index, one);
  }
  const all = Array.from({ length: total }, (_, index) => byIndex.get(index + 1)?.part);
  const missing = all.flatMap((part, index) => (part === undefined ? [`${index + 1}/${total}`] : []));
  if (missing.length > 0) {
    const name = missing.length === 1 ? 'shard' : 'shards';
    const run = missing.map((shard) => `--shard ${shard}`).join(', ');
    throw new NotOneRun(`the ${name} ${missing.join(', ')} cannot be found; give all folders, or run ${run}`);
  }
  return all.filter((part) => part !== undefined);
}

function mergeHeaders(parts: readonly Part[], startedAt: number): RunHeader {
  const headers = parts.map(({ header }) => wordedHeader(header));
  const [first] = headers;
  if (first === undefined) throw new NotOneRun('no shard was given');
  const {
    cause: _cause,
    because: _because,
    requests: _requests,
    controlRefused: _controlRefused,
    refusals: _refusals,
    ...rest
  } = first;
  const refused = new Set(headers.flatMap(({ controlRefused = [] }) => controlRefused));
  const requests = headers.reduce((sum, header) => sum + (header.requests ?? 0), 0);
  const stopped = headers.every(({ cause }) => cause !== undefined);
  return {
    ...rest,
    runId: createHash('sha256')
      .update(headers.map(({ runId }) => runId).join())
      .digest('hex')
      .slice(0, 16),
    startedAt,
    target: { ...first.target, operations: mergeOperations(headers) },
    capabilities: first.capabilities.map(([capability]) => [capability, stateOf(capability, headers)]),
    ...(stopped ? defined({ cause: first.cause, because: first.because }) : {}),
    ...(refused.size === 0 ? {} : { controlRefused: [...refused].join('; ') }),
    ...(requests === 0 ? {} : { requests }),
  };
}

/**
 * A capability that any shard had counts as supplied. If another shard lacked it, its scenarios say so and the profile
 * is partial.
 */
function stateOf(name: string, headers: readonly RunHeader[]): RunHeader['capabilities'][number][1] {
  const states = headers.flatMap(({ capabilities }) =>
    capabilities.filter(([capability]) => capability === name).map(([, state]) => state),
  );
  return (['have', 'missing'] as const).find((state) => states.includes(state)) ?? 'absent';
}

/** Each shard runs its own preflight. If shards disagree, the worst state is reported, with the shards that saw it. */
function mergeOperations(headers: readonly RunHeader[]): Operations {
  const [first] = headers;
  return (first?.target.operations ?? []).map((operation) => {
    const seen = headers.map(
      ({ target }) => target.operations.find(({ id }) => id === operation.id) ?? operation,
    );
    const worst = worstFirst.find((state) => seen.some(({ availability }) => availability === state));
    const told = seen.find(({ availability }) => availability === worst) ?? operation;
    if (seen.every(({ availability }) => availability === worst)) return told;
    const states = seen.map(({ availability }, index) => `${availability} to shard ${index + 1}`);
    return { ...told, note: states.join(', '), because: because('shards-disagree', { states }) };
  });
}

/** Times of exchanges are relative to the start of the whole run. */
function resultsOf({ header, results }: Part, startedAt: number): readonly ScenarioResult[] {
  const lateMs = header.startedAt - startedAt;
  return results.map((result) => ({
    ...result,
    exchanges: result.exchanges.map((exchange) => ({
      ...exchange,
      startedMs: exchange.startedMs + lateMs,
      endedMs: exchange.endedMs + lateMs,
    })),
  }));
}
