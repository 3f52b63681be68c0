import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { type Report, reportSchema } from '../../../harness/report/schema.ts';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** What a child process came to. */
export interface Ended {
  /** null: it was killed by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the repository. */
  readonly cwd?: string;
}

/** Runs our command line as a process of its own. */
export function cli(args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return ended(startCli(args, options));
}

/** Starts our command line and leaves it running. */
export function startCli(args: readonly string[], options: ChildOptions = {}) {
  const loader = import.meta.resolve('tsx');
  const script = join(repository, 'harness', 'cli.ts');
  return start(process.execPath, ['--import', loader, script, ...args], options);
}

/** Runs any other program the same way. */
export function run(program: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return ended(start(program, args, options));
}

/** The arguments of a run that writes its report into `out`. */
export function into(out: string, ...args: string[]): string[] {
  return ['run', '--out', out, ...args];
}

/** The report in a directory; fails where it is not valid against the published schema. */
export async function reportIn(out: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')));
}

/** Runs the matrix into `out` and answers how it ended together with its report. */
export async function conformance(
  out: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<Ended & { readonly report: Report }> {
  const how = await cli(into(out, ...args), options);
  expect(how.exitCode, `${how.stdout}\n${how.stderr}`).not.toBe(3);
  return { ...how, report: await reportIn(out) };
}

/** Kinds of findings of one requirement, or of all. */
export function kindsIn(report: Report, requirement?: string): string[] {
  const findings = report.requirements
    .filter(({ id }) => requirement === undefined || id === requirement)
    .flatMap(({ scenarios }) => scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.findings)));
  return [...new Set(findings.map(({ kind }) => kind))].sort();
}

/** The lines of an output, without the empty ones. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Nothing that could steer the suite or the test runner inside the child. */
const steering =
  /^(MUFI_|CONFORMANCE_|GITHUB_|TEST_|PW|PLAYWRIGHT_)|^(CI|FORCE_COLOR|DEBUG_COLORS|NODE_OPTIONS)$/;

function start(program: string, args: readonly string[], { environment, cwd = repository }: ChildOptions) {
  const inherited = Object.entries(process.env).filter(([name]) => !steering.test(name));
  const env = { ...Object.fromEntries(inherited), ...environment };
  return spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function ended(child: ReturnType<typeof start>): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
