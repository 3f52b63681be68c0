import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { loadDocument } from '../../harness/engine/configuration/operations.ts';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { packEvidence } from '../../harness/engine/evidence/evidence.ts';
import { allScenarios, isChosen } from '../../harness/engine/run/index.ts';
import { defined } from '../../harness/model/defined.ts';
import { type BaselineEntry, evidenceFile, type ScenarioResult } from '../../harness/model/index.ts';
import type { RunHeader } from '../../harness/model/run-header.ts';
import { entriesInForce, failsUnlisted } from '../../harness/report/baseline.ts';
import { onClosedOutput } from '../../harness/report/broken-pipe.ts';
import { buildReport } from '../../harness/report/build.ts';
import { leftOutOf } from '../../harness/report/coverage.ts';
import { deliverReport } from '../../harness/report/deliver.ts';
import { createInterning } from '../../harness/report/interning.ts';
import { createProgress, type Progress } from '../../harness/report/progress.ts';
import { inLog } from '../../harness/report/render/text.ts';
import { exitCodeOf } from '../../harness/report/run-verdict.ts';
import { type Part, partVersion } from '../../harness/report/shard.ts';
import { canRedraw, wantsColor } from '../../harness/report/terminal.ts';
import { catalogue } from '../requirements/index.ts';
import { earlyLook } from './early-look.ts';
import { finished, holdInterruption, interrupt, wasInterrupted, whyInterrupted } from './lifetime.ts';
import { wholeCatalogue } from './outcomes.ts';
import {
  closeRun,
  firstLineOf,
  headerOfRun,
  knownState,
  recordedRun,
  requestsOfRun,
  runIsOpen,
  startRun,
  waitWith,
  workOf,
} from './run.ts';
import { createLateRedaction, type LateRedaction } from './secrets.ts';

/** How long an interrupted preflight may take to finish what it makes in the target. */
const preflightMs = 1000;

/** Starts the engine with what the tests select, and turns its results into the report. Decides nothing itself. */
export default class ConformanceReporter implements Reporter {
  readonly #results = new Map<string, ScenarioResult>();
  readonly #suiteFaults: string[] = [];
  readonly #options = readOptions(process.env);
  readonly #share = createInterning();
  readonly #progress: Progress;
  readonly #color = wantsColor(process.stdout, process.env);
  #late: LateRedaction | undefined;
  #header: RunHeader | undefined;
  #accepted: readonly BaselineEntry[] = [];
  /** Ids of scenarios that fail and are not in the baseline, and of those in which the suite failed. */
  readonly #failing = new Set<string>();
  readonly #faulty = new Set<string>();
  #inconclusive = 0;
  #cells = 0;
  #requests = 0;
  #shard: FullConfig['shard'] = null;
  #planned: readonly string[] = [];
  /** Requests of the scenarios that have not ended, by id. */
  #left = new Map<string, number>();
  #done = 0;
  #workersStart: (() => void) | undefined;

  constructor() {
    const interactive = canRedraw(process.stdout, process.env);
    this.#progress = createProgress({ stream: process.stdout, interactive, color: this.#color });
    onClosedOutput((why) => {
      // The terminal or the program that ended the run is gone too.
      if (wasInterrupted()) return;
      this.#suiteFaults.push(`standard output was closed: ${why}`);
      process.stderr.write(`Standard output was closed, so the run ends: ${why}.\n`);
      interrupt();
    });
  }

  printsToStdio(): boolean {
    return true;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#shard = config.shard;
    const parts = new Set(suite.allTests().map(({ title }) => title.slice(0, title.indexOf(':'))));
    this.#planned = allScenarios(catalogue)
      .filter(({ id, requirement }) => [wholeCatalogue, id, requirement.id].some((part) => parts.has(part)))
      .filter((one) => isChosen(this.#options, one))
      .map(({ id }) => id);
    waitWith([...parts].at(-1));
    if (this.#planned.length > 0) this.#workersStart = holdInterruption();
    void this.#start();
  }

  /** Starts the run when the preflight has ended. */
  async #start(): Promise<void> {
    try {
      await runIsOpen();
      if (!wasInterrupted()) await this.#run();
    } catch (error) {
      this.onError({ message: String(error) });
    } finally {
      closeRun();
    }
  }

  async #run(): Promise<void> {
    this.#header = headerOfRun(this.#options.selection);
    if (this.#header === undefined) return;
    this.#accepted = entriesInForce(this.#header);
    this.#requests = this.#header.requests ?? 0;
    const work = workOf(this.#planned);
    this.#left = new Map(work);
    this.#progress.start(work.size, this.#requests);
    await startRun(this.#planned, {
      accepted: this.#accepted,
      redaction: this.#redaction,
      onResult: (result) => this.#take(result),
      onFault: (scenario, error) => this.#blame(scenario, firstLineOf(error)),
    });
  }

  #take(result: ScenarioResult): void {
    const scenario = this.#share(result);
    this.#results.set(scenario.scenario, scenario);
    this.#cells += scenario.cells.length;
    this.#requests += scenario.requests;
    if (this.#left.delete(scenario.scenario)) this.#done += 1;
    if (failsUnlisted(scenario, this.#accepted)) this.#failing.add(scenario.scenario);
    if (scenario.verdict === 'inconclusive') this.#inconclusive += 1;
    const requestsSent = requestsOfRun();
    const planned = [...this.#left.values()].reduce((sum, requests) => sum + requests, 0);
    const underWay = requestsSent - (this.#requests - (this.#header?.requests ?? 0));
    this.#progress.update({
      done: this.#done,
      requestsSent,
      requestsLeft: Math.max(0, planned - underWay),
      family: scenario.scenario.split('/')[0] ?? '',
      cells: this.#cells,
      requests: this.#requests,
      failing: this.#failing.size,
      inconclusive: this.#inconclusive,
    });
  }

  /** Records a fault of the suite about a scenario or a requirement. */
  #blame(part: string, why: string): void {
    this.#faulty.add(part);
    this.#suiteFaults.push(`${part}: ${this.#redaction.raw(why)}`);
  }

  onTestBegin(): void {
    this.#workersStart?.();
    this.#workersStart = undefined;
  }

  /** A test fails because its requirement fails. Any other reason is a fault of the suite. */
  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'passed' || result.status === 'skipped' || result.status === 'interrupted') return;
    if (wasInterrupted()) return;
    const id = test.title.slice(0, test.title.indexOf(':'));
    const known = [...this.#failing, ...this.#faulty];
    if (known.some((scenario) => `${scenario}/`.startsWith(`${id}/`))) return;
    this.#blame(id, result.errors[0]?.message?.split('\n')[0] ?? result.status);
  }

  onError(error: TestError): void {
    this.#progress.stop();
    if (wasInterrupted()) return;
    const message = this.#redaction.raw(error.message ?? error.value ?? 'unknown error');
    this.#suiteFaults.push(message.split('\n')[0] ?? '');
    process.stderr.write(`${inLog(message)}\n`);
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] }> {
    this.#progress.stop();
    // The test runner does not notice an interruption while its first test ends.
    const isIncomplete = this.#results.size < this.#planned.length;
    const interrupted = result.status === 'interrupted' || (wasInterrupted() && isIncomplete);
    if (interrupted) await finished(preflightMs);
    // If the setup failed, nobody took the keys of a preflight in a thread.
    await earlyLook()?.interrupt();
    this.#header ??= headerOfRun(this.#options.selection);
    if (this.#header === undefined) {
      process.stderr.write('No scenario ran, so there is no report.\n');
      return { status: 'failed' };
    }
    const options = this.#options;
    await written('\n');
    const results = [...this.#results.values()];
    const leftOut = leftOutOf({
      interrupted,
      why: whyInterrupted(),
      results,
      planned: this.#planned.length,
      all: allScenarios(catalogue).length,
      selection: options.selection,
    });
    const ended = {
      results: this.#redaction.all(results),
      suiteFaults: this.#redaction.all(this.#suiteFaults),
      interrupted,
      finishedAt: Date.now(),
    };
    const header = this.#redaction.all(this.#header);
    const report = buildReport({
      ...ended,
      header,
      catalogue,
      ...defined({ leftOut }),
    });
    const part = this.#shard && partOf({ ...ended, header, shard: this.#shard, planned: this.#planned });
    if (!(await deliverReport(report, options.out, part ?? undefined))) return { status: 'failed' };
    await this.#writeEvidence(options.out);
    return { status: exitCodeOf(report) === 0 ? 'passed' : 'failed' };
  }

  get #redaction(): LateRedaction {
    const state = knownState();
    if (state === undefined) return createLateRedaction(undefined);
    this.#late ??= createLateRedaction(state);
    return this.#late;
  }

  /** If the run is recorded, writes the answers of the target next to the report. */
  async #writeEvidence(directory: string): Promise<void> {
    const recorded = recordedRun();
    if (recorded === undefined) return;
    const { start, cassettes } = this.#redaction.all(recorded);
    const evidence = packEvidence({ start, cassettes });
    await writeFile(join(directory, evidenceFile), evidence);
  }
}

/** Waits until standard output has accepted or rejected a text. */
function written(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => setImmediate(resolve));
  });
}

/** What is needed to merge a shard with the others. */
function partOf(
  rest: Omit<Part, 'partVersion' | 'openapiDigest' | 'shard' | 'planned'> & {
    readonly shard: NonNullable<FullConfig['shard']>;
    readonly planned: readonly string[];
  },
): Part {
  const document = loadDocument(readOptions(process.env).openapi);
  const { current, total } = rest.shard;
  return {
    ...rest,
    partVersion,
    openapiDigest: `sha256:${createHash('sha256').update(JSON.stringify(document)).digest('hex')}`,
    shard: { index: current, total },
    planned: [...rest.planned],
  };
}
