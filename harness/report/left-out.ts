import { count } from './render/text.ts';

/** How far a run came. */
export interface Extent {
  readonly interrupted: boolean;
  /** What ended it, as a predicate; absent where somebody did. */
  readonly why?: string | undefined;
  /** Scenarios with a result, that were to run, and of the whole catalogue. */
  readonly done: number;
  readonly planned: number;
  readonly all: number;
  /** What `-g` selects. */
  readonly selection: string | undefined;
}

/** Why scenarios have no result, in one clause; undefined: all have one. */
export function leftOutOf({ interrupted, why, done, planned, all, selection }: Extent): string | undefined {
  if (interrupted) {
    const ended = why ?? 'was interrupted';
    return done === 0
      ? `the run ${ended} before any scenario had ended`
      : `the run ${ended} after ${done} of ${planned} scenarios`;
  }
  if (done === all) return undefined;
  return selection === undefined
    ? `${count(all - done, 'scenario')} did not run`
    : `only -g ${selection} was selected`;
}
