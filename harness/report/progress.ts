import { createLogUpdate } from 'log-update';
import { barLine, plainLine, type RunProgress } from './render/bar.ts';

/** What is known after a scenario ends. */
export interface ProgressUpdate extends Omit<RunProgress, 'total' | 'elapsedMs' | 'rate'> {
  /** Requests of all scenarios so far, including those that have not ended. */
  readonly requestsSent: number;
}

/** Shows how far a run is. */
export interface Progress {
  /** `requestsBefore`: how many requests were sent before the first scenario. */
  start(totalScenarios: number, requestsBefore?: number): void;
  update(standing: ProgressUpdate): void;
  stop(): void;
}

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** A moving bar instead of plain lines. */
  readonly interactive: boolean;
  readonly color: boolean;
}

const frameMs = 80;
/** The rate covers this many milliseconds: a run starts slowly, while code is compiled and caches are cold. */
const rateOverMs = 1500;

/** Takes the number of requests sent by a given time, and returns the recent number of requests per second. */
function createRate(): (sent: number, elapsedMs: number) => number | undefined {
  const known = [{ sent: 0, elapsedMs: 0 }];
  return (sent, elapsedMs) => {
    known.push({ sent, elapsedMs });
    while (known[1] !== undefined && elapsedMs - known[1].elapsedMs >= rateOverMs) known.shift();
    const [first = { sent, elapsedMs }] = known;
    const tookMs = elapsedMs - first.elapsedMs;
    return tookMs === 0 ? undefined : ((sent - first.sent) / tookMs) * 1000;
  };
}

/** A moving bar on a terminal; elsewhere one line for each family and for each tenth of the run. */
export function createProgress(options: ProgressOptions): Progress {
  return options.interactive ? movingBar(options) : plainLines(options);
}

function movingBar({ stream, color }: ProgressOptions): Progress {
  const screen = createLogUpdate(stream);
  let standing: RunProgress | undefined;
  let shown = 0;
  let startedMs = 0;
  let rateOf = createRate();
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    if (standing === undefined) return;
    const elapsedMs = performance.now() - startedMs;
    const distance = standing.done - shown;
    shown = Math.abs(distance) < 0.05 ? standing.done : shown + distance * 0.5;
    screen(barLine({ ...standing, elapsedMs }, { shown, columns: stream.columns || 80, color }));
  };
  return {
    start(total, requestsBefore = 0) {
      startedMs = performance.now();
      shown = 0;
      standing = {
        total,
        done: 0,
        family: 'starting',
        cells: 0,
        requests: requestsBefore,
        requestsLeft: 0,
        failing: 0,
        inconclusive: 0,
        elapsedMs: 0,
        rate: undefined,
      };
      rateOf = createRate();
      clearInterval(timer);
      timer = setInterval(draw, frameMs);
      timer.unref();
      draw();
    },
    update({ requestsSent, ...news }) {
      if (standing === undefined) return;
      const rate = rateOf(requestsSent, performance.now() - startedMs);
      standing = { ...standing, ...news, rate };
    },
    stop() {
      clearInterval(timer);
      if (standing === undefined) return;
      standing = undefined;
      screen.clear();
      screen.done();
    },
  };
}

function plainLines({ stream }: ProgressOptions): Progress {
  let total = 0;
  let startedMs = 0;
  const families = new Set<string>();
  let rateOf = createRate();
  let tenth = 0;
  return {
    start(totalScenarios) {
      total = totalScenarios;
      startedMs = performance.now();
      families.clear();
      rateOf = createRate();
      tenth = 0;
    },
    update({ requestsSent, ...news }) {
      const elapsedMs = performance.now() - startedMs;
      const rate = rateOf(requestsSent, elapsedMs);
      const reached = total === 0 ? 0 : Math.floor((news.done / total) * 10);
      if (families.has(news.family) && reached <= tenth) return;
      families.add(news.family);
      tenth = Math.max(tenth, reached);
      stream.write(`${plainLine({ ...news, total, elapsedMs, rate })}\n`);
    },
    stop() {},
  };
}
