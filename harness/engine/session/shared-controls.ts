import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlProbe, controlFailed, probeControl } from './positive-control.ts';
import type { Session } from './session.ts';

/**
 * A control before and a control after a scenario prove that the unmodified key is accepted. Parallel scenarios share
 * them; a control that fails puts all scenarios around it in doubt.
 */
export interface Controls {
  /** A control that was accepted at most a second ago, or a new one. */
  before(session: Session, scenario: string): Promise<ControlProbe>;
  /** The next control that begins after this call, at most a moment later. */
  after(session: Session, scenario: string): Promise<ControlProbe>;
  /** Marks that a scenario runs; the returned function marks its end. */
  enter(): () => void;
}

const freshMs = 1000;
/** Scenarios that end within this many milliseconds share the control after them, while another scenario runs. */
const gatherMs = 250;

/** Controls of one session, shared by its scenarios. */
export function createControls(): Controls {
  let latest: { readonly probe: ControlProbe; readonly endedMs: number } | undefined;
  let first: Promise<ControlProbe> | undefined;
  let next: Promise<ControlProbe> | undefined;
  let running = 0;
  let waiting = 0;
  let hurry: (() => void) | undefined;

  const look = async (session: Session, scenario: string): Promise<ControlProbe> => {
    const probe = await probeControl(session, scenario);
    latest = { probe, endedMs: performance.now() };
    return probe;
  };
  const hurryIfIdle = (): void => {
    if (waiting >= running) hurry?.();
  };
  const gathered = async (session: Session, scenario: string): Promise<ControlProbe> => {
    const stop = new AbortController();
    const idle = new Promise<void>((resolve) => {
      hurry = resolve;
    });
    hurryIfIdle();
    await Promise.race([idle, sleep(gatherMs, undefined, { signal: stop.signal }).catch(() => undefined)]);
    stop.abort();
    // A caller from here on needs a later one.
    [next, hurry, waiting] = [undefined, undefined, 0];
    return look(session, scenario);
  };

  return {
    async before(session, scenario) {
      const isRecent = latest !== undefined && performance.now() - latest.endedMs < freshMs;
      if (latest !== undefined && isRecent && controlFailed(latest.probe) === undefined) return latest.probe;
      first ??= look(session, scenario).finally(() => {
        first = undefined;
      });
      return first;
    },
    after(session, scenario) {
      waiting += 1;
      next ??= gathered(session, scenario);
      hurryIfIdle();
      return next;
    },
    enter() {
      running += 1;
      return () => {
        running -= 1;
        hurryIfIdle();
      };
    },
  };
}

/** Controls for scenarios that share nothing: each sends its own. */
export const ownControls: Controls = {
  before: probeControl,
  after: probeControl,
  enter: () => () => undefined,
};
