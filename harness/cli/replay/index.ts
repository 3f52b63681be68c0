import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuredSecrets } from '../../engine/configuration/configuration.ts';
import { eachText } from '../../engine/evidence/each-text.ts';
import { unpackEvidence } from '../../engine/evidence/evidence.ts';
import { createRedactor } from '../../engine/evidence/redaction.ts';
import { publicTextsOf } from '../../engine/run/index.ts';
import { controlSteps } from '../../engine/session/control-values.ts';
import { defined } from '../../model/defined.ts';
import { evidenceFile, exitCodes } from '../../model/index.ts';
import type { Report, ScenarioReport } from '../../model/report.ts';
import { checkTemporary } from '../../report/output-directory.ts';
import { readReportFile } from '../../report/parse.ts';
import { inLog, oneLine, withoutCommandLines } from '../../report/render/text.ts';
import { unlockInWords } from '../../report/render/unlocks.ts';
import { sheetOf } from '../../report/render/wrap.ts';
import { wantsColor } from '../../report/terminal.ts';
import { checkInput, environmentFor, type RunArguments } from '../run.ts';
import { runSpecs } from '../run-specs.ts';
import { checkOperation, scenarioWith } from './chosen.ts';
import { type ReplayComparison, renderReplay, renderTitle } from './render.ts';
import { earlierReport, scenarioSideOf } from './side.ts';

/** Options of `replay`, as the command line passes them; `out` is the folder of the earlier report. */
export interface ReplayArguments extends Omit<RunArguments, 'depth' | 'out' | 'grep' | 'shard' | 'record'> {
  readonly out: string;
  readonly operation?: string;
}

/**
 * Repeats all steps of one scenario, at depth full and with key control, and shows the result next to that of an
 * earlier report. The exit code is that of a run with this scenario alone.
 */
export async function replayCommand(id: string, args: ReplayArguments): Promise<number> {
  const { out, operation, ...rest } = args;
  const { requirement } = scenarioWith(id, () => earlierReport(out));
  const folder = { depth: 'full', record: true } as const;
  const { target, options } = await checkInput({ ...rest, ...folder });
  if (operation !== undefined) checkOperation(operation, id, target, options);
  await checkTemporary();
  const secrets = configuredSecrets(process.env, '.env');
  const { stdout, env } = process;
  const sheet = sheetOf({ color: wantsColor(stdout, env), columns: stdout.columns || 100 });
  const show = (text: string): boolean => stdout.write(withoutCommandLines(text));
  show(renderTitle(id, requirement, target.baseUrl ?? 'the embedded reference server (a demo)', sheet));

  const place = await mkdtemp(join(tmpdir(), 'mufi-conformance-replay-'));
  try {
    const only = { only: [id], selection: id, ...defined({ operation }) };
    const environment = environmentFor({ ...rest, ...folder, out: place }, undefined, only);
    const runId = randomBytes(8).toString('hex');
    const { code, interrupted } = await runSpecs(withoutSummary(environment), secrets, {
      runId,
      quiet: true,
    });
    const file = join(place, 'report.json');
    if (!existsSync(file)) {
      process.stderr.write(
        inLog(
          `Nothing could be replayed: the test runner ended with exit code ${code} and wrote no report.\n`,
        ),
      );
      return interrupted ? exitCodes.partial : exitCodes.broken;
    }
    const report = readReportFile(file);
    const now = scenarioSideOf(report, id, operation);
    if (now === undefined) throw new Error(`the report of the replay does not have ${id}`);
    const earlier = earlierReport(out);
    const before =
      typeof earlier === 'string'
        ? earlier
        : (scenarioSideOf(earlier, id, operation) ?? `the report in ${oneLine(out)} has nothing of it`);
    const replayed = { before, now, ...(await recordedIn(place, id)) };
    const redactor = createRedactor(publicTextsOf(options));
    for (const secret of secrets) redactor.add(secret);
    show(renderReplay(withoutKeys(replayed, redactor.redact), sheet));
    for (const line of notesOn(replayed, report)) show(`${oneLine(line)}\n`);
    return exitCodeOf(now.verdict, report);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** A replay is not a run of the workflow, so it adds nothing to the page of the workflow run. */
function withoutSummary({
  GITHUB_STEP_SUMMARY: _page,
  ...environment
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return environment;
}

async function recordedIn(place: string, id: string): Promise<Pick<ReplayComparison, 'steps' | 'requests'>> {
  const file = await readFile(join(place, evidenceFile)).catch(() => undefined);
  const cassette = file && unpackEvidence(file).cassettes.find(({ scenario }) => scenario === id);
  return { steps: controlSteps(cassette?.facts ?? []), requests: cassette?.requests ?? 0 };
}

/** The earlier report was redacted with the secrets of its own run. This removes today's secrets from both sides. */
function withoutKeys(replayed: ReplayComparison, redact: (text: string) => string): ReplayComparison {
  const side = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null || !('exchanges' in value))
      return eachText(value, redact);
    const exchanges = [...(value.exchanges as ReadonlyMap<string, unknown>)];
    return { ...eachText(value, redact), exchanges: new Map(eachText(exchanges, redact)) };
  };
  const { before, now, steps, requests } = replayed;
  return { before: side(before), now: side(now), steps: eachText(steps, redact), requests };
}

/** What a reader has to know before comparing the sides. */
function notesOn({ before, now }: ReplayComparison, { suiteFaults, notTested }: Report): string[] {
  const other = typeof before !== 'string' && before.target !== now.target;
  return [
    ...(other ? [`The earlier report is of another target: ${before.target}.`] : []),
    ...(now.verdict === 'not-tested' ? notTested.map(unlockInWords) : []),
    ...(now.verdict === 'not-tested' || now.verdict === 'not-applicable'
      ? []
      : suiteFaults.map((fault) => `Fault of the suite: ${fault}`)),
  ];
}

/** The exit codes of `run`, for one scenario: if it cannot be tested, it is not decided. */
function exitCodeOf(verdict: ScenarioReport['verdict'], { suiteFaults, interrupted }: Report): number {
  if (verdict === 'not-tested' || verdict === 'not-applicable') return exitCodes.partial;
  if (suiteFaults.length > 0) return exitCodes.broken;
  if (interrupted === true || verdict === 'inconclusive') return exitCodes.inconclusive;
  return verdict === 'fail' || verdict === 'known' ? exitCodes.nonconformant : exitCodes.conformant;
}
