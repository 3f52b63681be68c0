import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { exitCodes } from '../model/index.ts';
import { readReportFile } from '../report/parse.ts';
import { renderSarif, type SarifPlaces } from '../report/render/sarif.ts';
import { writeTogether } from '../report/write.ts';
import type { RunArguments } from './run.ts';
import { textOf } from './text-of.ts';

const name = 'report.sarif';
const bundled = 'schemas/mufi.openapi.yaml';
const root = dirname(createRequire(import.meta.url).resolve('mufi-auth-conformance/package.json'));

/**
 * Runs or merges, then writes `report.sarif` next to the report. `file` is the file that code scanning shows the results in;
 * true: the OpenAPI document.
 */
export async function runWithSarif(
  run: () => Promise<number>,
  { out = 'reports/latest', openapi }: Pick<RunArguments, 'out' | 'openapi'>,
  file: string | true,
): Promise<number> {
  // Report a file that cannot be read before anything is sent.
  const places =
    file === true && openapi === undefined ? bundledPlaces() : sarifPlacesIn(fileOf(file, openapi));
  await rm(join(out, name), { force: true });
  const code = await run();
  const path = join(out, 'report.json');
  // After a broken run the report may be that of an earlier run.
  if (code === exitCodes.broken || !existsSync(path)) return code;
  const report = readReportFile(path);
  const text = renderSarif(report, places);
  await writeTogether([{ path: join(out, name), text }], out, name);
  return code;
}

function fileOf(file: string | true, openapi: string | undefined): string {
  return file === true ? (openapi ?? bundled) : file;
}

/** The document of the suite, by its path in this repository. */
function bundledPlaces(): SarifPlaces {
  return { uri: bundled, lineOf: linesIn(textOf(join(root, bundled), '--sarif')) };
}

/** The places in a file that the user named. Throws ConfigurationError. */
export function sarifPlacesIn(file: string): SarifPlaces {
  return { uri: uriOf(file), lineOf: linesIn(textOf(file, '--sarif')) };
}

/** Relative to the working directory, as code scanning expects; absolute for a file outside of it. */
function uriOf(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  if (path === '') throw new ConfigurationError(`${file} of --sarif is a folder; name a file.`);
  if (isAbsolute(path) || path.split(sep)[0] === '..') return pathToFileURL(resolve(file)).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}

/** The line of each operation: of its method in an OpenAPI document, otherwise the first line with its path. */
export function linesIn(text: string): SarifPlaces['lineOf'] {
  const documented = documentedLines(text);
  const lines = text.split('\n');
  return (operation) => {
    const line = documented.get(operation);
    if (line !== undefined) return line;
    const path = operation.slice(operation.indexOf(' ') + 1);
    const whole = new RegExp(`${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/{-])`);
    return (
      Math.max(
        0,
        lines.findIndex((one) => whole.test(one)),
      ) + 1
    );
  };
}

function documentedLines(text: string): ReadonlyMap<string, number> {
  const counter = new LineCounter();
  const found = new Map<string, number>();
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' });
  const paths = isMap(document.contents) ? document.contents.get('paths') : undefined;
  for (const [path, operations] of pairsOf(paths)) {
    for (const [method, , offset] of pairsOf(operations)) {
      found.set(`${method.toUpperCase()} ${path}`, counter.linePos(offset).line);
    }
  }
  return found;
}

/** Key, value and node of every member of a map in a document. */
function pairsOf(node: unknown): [key: string, value: unknown, offset: number][] {
  if (!isMap(node)) return [];
  return (node as YAMLMap).items.flatMap(({ key, value }): [string, unknown, number][] =>
    isScalar(key) && typeof key.value === 'string' && key.range ? [[key.value, value, key.range[0]]] : [],
  );
}
