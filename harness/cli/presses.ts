/** What the user wants next. */
export type Press = 'again' | 'end';

/** Enter and q, from a terminal or any other standard input. */
export interface Presses {
  /** The next key press; asks for one if there is none yet. Returns `end` if no more can come. */
  next(ask: () => void): Promise<Press>;
  /** As if q had been pressed. */
  end(): void;
  /** Aborts if the user wants to stop at once. */
  readonly ended: AbortSignal;
  close(): void;
}

type Input = Pick<NodeJS.ReadStream, 'isTTY' | 'on' | 'off' | 'resume' | 'pause' | 'unref'> & {
  setRawMode?(mode: boolean): unknown;
};

const controlC = '\u0003';
const controlD = '\u0004';

/**
 * Reads keys while somebody waits for one. On a terminal a key counts without Enter, and earlier presses are dropped.
 * From a pipe all input counts, in order.
 */
export function readPresses(input: Input): Presses {
  const isTerminal = input.isTTY === true;
  const known: Press[] = [];
  let waiting: ((press: Press) => void) | undefined;
  let last = '';
  const take = (press: Press): void => {
    if (waiting === undefined) {
      if (!isTerminal || press === 'end') known.push(press);
      return;
    }
    const tell = waiting;
    waiting = undefined;
    tell(press);
  };
  const ended = new AbortController();
  const end = (): void => take('end');
  const endAtOnce = (): void => {
    ended.abort();
    end();
  };
  const read = (chunk: Buffer | string): void => {
    for (const key of chunk.toString()) {
      if (key === '\r' || (key === '\n' && last !== '\r')) take('again');
      // During a run Ctrl-C is a signal.
      else if (
        (key === 'q' && (waiting !== undefined || !isTerminal)) ||
        key === controlC ||
        key === controlD
      )
        end();
      last = key;
    }
  };
  input.on('data', read);
  input.on('end', end);
  input.on('error', end);
  input.resume();
  return {
    async next(ask) {
      const before = known.shift();
      if (before !== undefined) return before;
      ask();
      if (isTerminal) input.setRawMode?.(true);
      try {
        return await new Promise<Press>((resolve) => {
          waiting = resolve;
        });
      } finally {
        if (isTerminal) input.setRawMode?.(false);
      }
    },
    end: endAtOnce,
    ended: ended.signal,
    close() {
      for (const [name, listener] of [
        ['data', read],
        ['end', end],
        ['error', end],
      ] as const) {
        input.off(name, listener);
      }
      input.pause();
    },
  };
}
