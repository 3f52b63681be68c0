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
  TestStep,
} from '@playwright/test/reporter';
import { loadDocument } from '../../harness/engine/configuration/operations.ts';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { type CountedTape, packEvidence } from '../../harness/engine/evidence/evidence.ts';
import { allScenarios, allUndecided, headerOf } from '../../harness/engine/run/index.ts';
import { defined } from '../../harness/model/defined.ts';
import {
  type BaselineEntry,
  evidenceFile,
  type ScenarioResult,
  scenarioResultSchema,
} from '../../harness/model/index.ts';
import { attachmentNames, type RunHeader, runHeaderSchema } from '../../harness/model/run-header.ts';
import { entriesInForce, failsUnlisted } from '../../harness/report/baseline.ts';
import { onClosedOutput } from '../../harness/report/broken-pipe.ts';
import { buildReport } from '../../harness/report/build.ts';
import { deliverReport } from '../../harness/report/deliver.ts';
import { createSharing } from '../../harness/report/interning.ts';
import { leftOutOf } from '../../harness/report/left-out.ts';
import { createProgress, type Progress } from '../../harness/report/progress.ts';
import { inLog } from '../../harness/report/render/text.ts';
import { worseOf } from '../../harness/report/repeated.ts';
import { exitCodeOf } from '../../harness/report/run-verdict.ts';
import { type Part, partVersion } from '../../harness/report/shard.ts';
import { canRedraw, wantsColor } from '../../harness/report/terminal.ts';
import { catalogue } from '../requirements/index.ts';
import { finished, interrupt, wasInterrupted, whyInterrupted } from './lifetime.ts';
import { scenarioFailure } from './scenario-failure.ts';
import { createLateRedaction, type LateRedaction } from './secrets.ts';
import { nothingToTest, recordedOpening, takeOver, wasHandedOver } from './worker-state.ts';

/** An interrupted first look may finish what it makes in the target, if it does not take longer than this. */
const firstLookMs = 1000;

/** Collects the verdicts that the tests attach, and turns them into the report. Decides nothing itself. */
export default class ConformanceReporter implements Reporter {
  readonly #results = new Map<string, ScenarioResult>();
  readonly #suiteFaults: string[] = [];
  readonly #tapes: CountedTape[] = [];
  readonly #share = createSharing();
  readonly #progress: Progress;
  readonly #color = wantsColor(process.stdout, process.env);
  #late: LateRedaction | undefined;
  #header: RunHeader | undefined;
  #accepted: readonly BaselineEntry[] = [];
  #cells = 0;
  #requests = 0;
  #shard: FullConfig['shard'] = null;
  #planned: readonly string[] = [];

  constructor() {
    const interactive = canRedraw(process.stdout, process.env);
    this.#progress = createProgress({ stream: process.stdout, interactive, color: this.#color });
    onClosedOutput((why) => {
      // The terminal or the program that ended the run is gone as well.
      if (wasInterrupted()) return;
      this.#suiteFaults.push(`standard output was closed: ${why}`);
      process.stderr.write(`Standard output was closed, so the run is ended: ${why}.\n`);
      interrupt();
    });
  }

  printsToStdio(): boolean {
    return true;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#shard = config.shard;
    const ids = suite.allTests().map(({ title }) => title.slice(0, title.indexOf(':')));
    this.#planned = [...new Set(ids)];
    this.#progress.start(this.#planned.length);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const header = readAttachment(result, attachmentNames.header);
    const attached = readAttachment(result, attachmentNames.result);
    if (attached === undefined || (header ?? this.#header) === undefined) {
      // Who ends a run may end its workers as well.
      if (result.status === 'skipped' || result.status === 'interrupted' || wasInterrupted()) return;
      const why = result.errors[0]?.message?.split('\n')[0] ?? result.status;
      this.#suiteFaults.push(`${test.title.split(':')[0]}: ${this.#redaction.raw(why)}`);
      return;
    }
    if (this.#header === undefined) {
      this.#header = runHeaderSchema.parse(header);
      this.#accepted = entriesInForce(this.#header);
      this.#requests += this.#header.requests ?? 0;
    }
    const scenario = this.#share(scenarioResultSchema.parse(attached));
    this.#results.set(scenario.scenario, worseOf(this.#results.get(scenario.scenario), scenario));
    const tape = readAttachment(result, attachmentNames.tape);
    if (tape !== undefined) this.#tapes.push(tape as CountedTape);
    // Playwright keeps every result to the end; the reporters behind us have seen this one by then.
    setImmediate(() => result.attachments.splice(0));
    if (failsUnlisted(scenario, this.#accepted)) {
      const message = scenarioFailure(this.#redaction.all(scenario));
      Object.assign(result, { status: 'failed', errors: [{ message }], error: { message } });
    }
    this.#cells += scenario.cells.length;
    this.#requests += scenario.requests;
    const all = [...this.#results.values()];
    this.#progress.update({
      done: all.length,
      family: scenario.scenario.split('/')[0] ?? '',
      cells: this.#cells,
      requests: this.#requests,
      failing: all.filter((one) => failsUnlisted(one, this.#accepted)).length,
      inconclusive: all.filter(({ verdict }) => verdict === 'inconclusive').length,
    });
  }

  /** The error of a failed request holds all its headers, the key included; no reporter behind us may see it. */
  onStepEnd(_test: TestCase, _result: TestResult, step: TestStep): void {
    if (step.error !== undefined) step.error = { message: 'the request failed; the report says how' };
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
    const interrupted = result.status === 'interrupted';
    if (interrupted) await finished(firstLookMs);
    this.#header ??= headerOfNothing(interrupted);
    if (this.#header === undefined) {
      process.stderr.write('No scenario ran, so there is no report.\n');
      return { status: 'failed' };
    }
    const options = readOptions(process.env);
    const { because } = this.#header;
    if (because !== undefined && options.selection === undefined && !interrupted) {
      const missing = allUndecided(catalogue, because).filter(
        ({ scenario }) => this.#planned.includes(scenario) && !this.#results.has(scenario),
      );
      for (const undecided of missing) this.#results.set(undecided.scenario, undecided);
    }
    await written('\n');
    const results = [...this.#results.values()];
    const leftOut = leftOutOf({
      interrupted,
      why: whyInterrupted(),
      done: results.length,
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
    if (!wasHandedOver()) return createLateRedaction();
    this.#late ??= createLateRedaction();
    return this.#late;
  }

  /** Where the run is recorded, what the target answered stands beside the report. */
  async #writeEvidence(directory: string): Promise<void> {
    const opening = recordedOpening();
    if (opening === undefined) return;
    const { start, tapes } = this.#redaction.all({ ...opening, tapes: [opening.tape, ...this.#tapes] });
    const evidence = packEvidence({ schemaVersion: '1.0', start, tapes });
    await writeFile(join(directory, evidenceFile), evidence);
  }
}

/** Waits until standard output has taken a text or refused it. */
function written(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => setImmediate(resolve));
  });
}

/** The header of a run in which no scenario had anything to say: nothing can be tested, or it was interrupted. */
function headerOfNothing(interrupted: boolean): RunHeader | undefined {
  return nothingToTest() || (interrupted && wasHandedOver())
    ? headerOf(takeOver(), catalogue, readOptions(process.env).selection)
    : undefined;
}

/** What of a shard is needed to merge it with the others. */
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

function readAttachment(result: TestResult, name: string): unknown {
  const body = result.attachments.find((attachment) => attachment.name === name)?.body;
  return body === undefined ? undefined : JSON.parse(body.toString('utf8'));
}
