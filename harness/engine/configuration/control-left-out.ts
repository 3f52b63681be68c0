import type { Mode, TargetConfiguration } from '../../model/index.ts';
import { productionHostOf } from './production.ts';

/** Why a run does without key control that its target has, and what brings it back, each in one clause. */
export interface ControlLeftOut {
  readonly reason: string;
  readonly next: string;
}

/** What leaves key control out of a run; undefined: nothing does, or the target has none. It writes: only the mode full may. */
export function controlLeftOut(
  target: TargetConfiguration,
  mode: Mode,
  hasControl = target.control !== undefined,
): ControlLeftOut | undefined {
  if (!hasControl || mode === 'full') return undefined;
  const production = productionHostOf(target);
  const elsewhere =
    production === undefined ? '' : ` against another host than ${production}, where only observe is allowed`;
  return { reason: `mode ${mode} does not use key control`, next: `run with --mode full${elsewhere}` };
}
