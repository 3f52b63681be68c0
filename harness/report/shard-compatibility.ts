import { isDeepStrictEqual } from 'node:util';
import type { Part } from './shard.ts';

/** Shards of one run start within this time, because a target changes. */
const longestHours = 6;
/** Variables that may differ between machines. */
const ownVariables = ['MUFI_CONCURRENCY', 'MUFI_MAX_RPS', 'MUFI_BASE_URL'];

interface Trait {
  readonly what: string;
  readonly of: (part: Part) => unknown;
}

/** Equal to every value. */
const unknown = Symbol('unknown');

const traits: readonly Trait[] = [
  { what: 'suites', of: ({ header }) => `${header.suite.name} ${header.suite.version}` },
  { what: 'catalogues', of: ({ header }) => header.suite.catalogueDigest },
  { what: 'targets', of: targetOf },
  { what: 'implementations', of: implementationOf },
  { what: 'projects', of: projectOf },
  { what: 'OpenAPI documents', of: ({ openapiDigest }) => openapiDigest },
  { what: 'values of --profile', of: ({ header }) => header.requestedProfiles?.join(',') ?? 'none' },
  { what: 'values of --depth', of: ({ header }) => header.options.depth },
  { what: 'values of --mode', of: ({ header }) => header.options.mode },
  { what: 'values of --strict', of: ({ header }) => (header.options.strict ? 'strict' : 'not strict') },
  { what: 'values of -g', of: ({ header }) => header.options.selection ?? 'none' },
  { what: 'baselines', of: ({ header }) => header.baseline?.entries },
];

/**
 * Throws the error that `complain` makes of a sentence, if parts do not belong to one run. Takes the parts in the order
 * of their numbers.
 */
export function refuseDifferent(parts: readonly Part[], complain: (why: string) => Error): void {
  const [first, ...others] = parts;
  if (first === undefined) return;
  for (const { what, of } of traits) {
    const [known, ...rest] = parts.filter((part) => of(part) !== unknown);
    const other = rest.find((part) => known !== undefined && !isDeepStrictEqual(of(part), of(known)));
    if (known === undefined || other === undefined) continue;
    const [one, two] = [of(known), of(other)];
    const values = typeof one === 'string' && typeof two === 'string' ? `: ${one} and ${two}` : '';
    throw complain(`${shardsOf(known, other)} have different ${what}${values}; run all with the same`);
  }
  for (const other of others) {
    const shards = shardsOf(first, other);
    const [mine, theirs] = [variablesOf(first), variablesOf(other)];
    for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
      const [one, two] = [mine, theirs].map((variables) => variables.get(name) ?? 'not set');
      if (one === two) continue;
      throw complain(`${shards} have different ${name}: ${one} and ${two}; run all with the same`);
    }
  }
  const byStart = parts.toSorted((one, other) => one.header.startedAt - other.header.startedAt);
  const [earliest = first, latest = first] = [byStart[0], byStart.at(-1)];
  if (latest.header.startedAt - earliest.header.startedAt > longestHours * 3_600_000) {
    throw complain(
      `${shardsOf(earliest, latest)} were started more than ${longestHours} hours apart; run all of them again`,
    );
  }
  const planned = parts.flatMap((part) => part.planned);
  const twice = planned.find((id, index) => planned.indexOf(id) !== index);
  if (twice !== undefined) {
    throw complain(`${twice} is in two shards, so they are not parts of one run; run all of them again`);
  }
}

function shardsOf(one: Part, other: Part): string {
  return `shards ${one.shard.index} and ${other.shard.index}`;
}

/** The embedded reference server listens on another port in each shard, but it is the same target. */
function targetOf({ header }: Part): string {
  return header.embedded ? 'the embedded reference server' : header.target.baseUrl;
}

/** A new deployment behind the same URL has another project; a shard that does not know its project matches any. */
function projectOf({ header }: Part): unknown {
  return header.embedded ? unknown : (header.projectId ?? unknown);
}

function implementationOf({ header }: Part): string {
  const { implementation } = header.target;
  return implementation === undefined ? 'not named' : `${implementation.name} ${implementation.version}`;
}

function variablesOf({ header }: Part): ReadonlyMap<string, string> {
  const shared = header.configuration.filter(({ name }) => !ownVariables.includes(name));
  return new Map(shared.map(({ name, value }) => [name, value]));
}
