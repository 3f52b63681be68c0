import { closest } from 'fastest-levenshtein';
import { type Document, LineCounter } from 'yaml';
import * as z from 'zod';
import { defined } from '../../model/defined.ts';
import {
  type Baseline,
  type BaselineEntry,
  baselineEntrySchema,
  NotReadable,
  NotYaml,
  parseYamlDocument,
  readInputFile,
} from '../../model/index.ts';
import { ConfigurationError } from './configuration-error.ts';

/** What entries may name. */
export interface BaselineIds {
  /** Ids of the scenarios of each requirement, including `elsewhere` if the requirement has it. */
  readonly requirements: ReadonlyMap<string, readonly string[]>;
  readonly operations: readonly string[];
}

const longest = 64 * 1024;
const said = z.string().trim().min(1, 'is empty');
const entrySchema = z.strictObject({
  ...baselineEntrySchema.shape,
  reason: said,
  owner: said,
  expires: z.iso.date({
    error: ({ code }) => (code === 'invalid_type' ? undefined : 'is not a day such as 2026-12-31'),
  }),
});

/**
 * Reads the file of `--baseline`: a YAML list of entries. Scenario ids may leave out the requirement. Throws
 * ConfigurationError with the line and the entry that is wrong.
 */
export function readBaseline(file: string, ids: BaselineIds): Baseline {
  const lines = new LineCounter();
  const document = parsed(file, lines);
  const list = contentOf(document);
  if (!Array.isArray(list)) {
    throw new ConfigurationError(
      `The baseline ${file} is not a list; each entry has requirement, reason, owner and expires.`,
    );
  }
  const places = list.map((_, index) => {
    const [start = 0] = (document.getIn([index], true) as { range?: number[] } | undefined)?.range ?? [];
    return `${file}, line ${lines.linePos(start).line}, entry ${index + 1}`;
  });
  const entries = list.map((value: unknown, index) => readEntry(value, ids, places[index] ?? file));
  refuseTwins(entries, places);
  return { file, entries };
}

function parsed(file: string, lines: LineCounter): Document {
  const text = readText(file);
  try {
    return parseYamlDocument(text, lines);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    throw new ConfigurationError(`${file}, line ${error.line}: ${error.message}.`);
  }
}

/** An empty file is an empty list; multiplying aliases are not a list. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS() ?? [];
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  let text: string;
  try {
    // Editors on Windows write a byte order mark at the start.
    text = readInputFile(file, 16 * longest)
      .toString('utf8')
      .replace(/^\ufeff/, '');
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    throw new ConfigurationError(`The baseline ${file} cannot be read (${error.why}); check --baseline.`);
  }
  if (text.length <= longest) return text;
  throw new ConfigurationError(
    `The baseline ${file} is longer than 64 KiB; list whole requirements instead of every operation.`,
  );
}

function readEntry(value: unknown, ids: BaselineIds, place: string): BaselineEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) throw new ConfigurationError(`${place}: ${complaint(parsed.error.issues[0])}.`);
  const { requirement, scenario, operation, ...rest } = parsed.data;
  const own = ids.requirements.get(requirement);
  if (own === undefined) throw unknown(place, 'requirement', requirement, [...ids.requirements.keys()]);
  const whole = scenario?.includes('/') ? scenario : `${requirement}/${scenario}`;
  if (scenario !== undefined && !own.includes(whole)) throw unknown(place, 'scenario', whole, own);
  if (operation !== undefined && !ids.operations.includes(operation)) {
    throw unknown(place, 'operation', operation, ids.operations);
  }
  return {
    requirement,
    ...(scenario === undefined ? {} : { scenario: whole }),
    ...defined({ operation }),
    ...rest,
  };
}

function complaint(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    return `the member ${name} is not known; it looks like ${closest(name, Object.keys(entrySchema.shape))}`;
  }
  const name = issue?.path[0]?.toString();
  if (name === undefined) return 'it is not an entry; an entry has requirement, reason, owner and expires';
  if (issue?.code !== 'invalid_type') return `${name} ${issue?.message}`;
  return issue.message.endsWith('received undefined') ? `${name} is missing` : `${name} is not a text`;
}

function unknown(place: string, what: string, id: string, known: readonly string[]): ConfigurationError {
  const nearest = known.length === 0 ? '' : `; the nearest is ${closest(id, [...known])}`;
  return new ConfigurationError(`${place}: there is no ${what} ${id}${nearest}.`);
}

function refuseTwins(entries: readonly BaselineEntry[], places: readonly string[]): void {
  const seen = new Map<string, number>();
  entries.forEach(({ requirement, scenario, operation }, index) => {
    const scope = JSON.stringify([requirement, scenario, operation]);
    const first = seen.get(scope);
    if (first !== undefined) {
      throw new ConfigurationError(
        `${places[index]}: it is the same as entry ${first + 1}; keep one of them.`,
      );
    }
    seen.set(scope, index);
  });
}
