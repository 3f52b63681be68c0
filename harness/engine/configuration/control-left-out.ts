import type { Mode, TargetConfiguration } from '../../model/index.ts';
import { productionHostOf } from './production.ts';

/** Why a run does not use the key control of its target, and what enables it, each in one clause. */
export interface ControlLeftOut {
  readonly reason: string;
  readonly next: string;
}

/**
 * Why a run does not use key control; undefined if it does, or if there is none. Key control writes, so only mode full
 * may use it.
 */
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
