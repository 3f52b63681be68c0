import { createLogUpdate } from 'log-update';
import { barLine, plainLine, type Standing } from './render/bar.ts';

/** What is known after a scenario. */
export type ProgressUpdate = Omit<Standing, 'total' | 'elapsedMs' | 'requestsSent'>;

/** Shows how far a run is. */
export interface Progress {
  /** `requestsBefore`: what was sent before the first scenario. */
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

/** A moving bar on a terminal; elsewhere a line for each family and each tenth of the way. */
export function createProgress(options: ProgressOptions): Progress {
  return options.interactive ? movingBar(options) : plainLines(options);
}

function movingBar({ stream, color }: ProgressOptions): Progress {
  const screen = createLogUpdate(stream);
  let standing: Standing | undefined;
  let shown = 0;
  let startedMs = 0;
  let before = 0;
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
      before = requestsBefore;
      startedMs = performance.now();
      shown = 0;
      standing = {
        total,
        done: 0,
        family: 'starting',
        cells: 0,
        requests: requestsBefore,
        requestsSent: 0,
        requestsLeft: 0,
        failing: 0,
        inconclusive: 0,
        elapsedMs: 0,
      };
      clearInterval(timer);
      timer = setInterval(draw, frameMs);
      timer.unref();
      draw();
    },
    update(news) {
      if (standing === undefined) return;
      standing = { ...standing, ...news, requestsSent: news.requests - before };
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
  let before = 0;
  const families = new Set<string>();
  let tenth = 0;
  return {
    start(totalScenarios, requestsBefore = 0) {
      before = requestsBefore;
      total = totalScenarios;
      startedMs = performance.now();
      families.clear();
      tenth = 0;
    },
    update(news) {
      const reached = total === 0 ? 0 : Math.floor((news.done / total) * 10);
      if (families.has(news.family) && reached <= tenth) return;
      families.add(news.family);
      tenth = Math.max(tenth, reached);
      const elapsedMs = performance.now() - startedMs;
      stream.write(`${plainLine({ ...news, total, requestsSent: news.requests - before, elapsedMs })}\n`);
    },
    stop() {},
  };
}
