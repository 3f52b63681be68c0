import {
  type ControlAddress,
  type Key,
  profiles,
  type RunOptions,
  type TargetConfiguration,
} from '../../model/index.ts';
import type { EvidenceStart } from '../evidence/evidence.ts';
import { type KeyShapes, standInFor } from '../evidence/key-shape.ts';
import type { SessionState } from './session-state.ts';

/** The start of a run, without its keys and without the address of key control. */
export function evidenceStart(state: SessionState, shapes: KeyShapes): EvidenceStart {
  const { runId, startedAt, baseUrl, embedded, options } = state;
  const { keys, control, caFile: _file, ...configuration } = state.target;
  return {
    runId,
    startedAt,
    baseUrl,
    embedded,
    strict: options.strict,
    ...(options.profiles === undefined ? {} : { profiles: [...options.profiles] }),
    keys: Object.fromEntries(
      Object.entries(keys).map(([role, { value, variable, description }]) => [
        role,
        { variable, description, shape: shapes.shapeOf(value) },
      ]),
    ),
    ...(control === undefined ? {} : { control: control.kind }),
    configuration: JSON.parse(JSON.stringify(configuration)),
  };
}

/** The configuration from evidence, with a stand-in for each key; it cannot reach anything. */
export function recordedTarget({ keys, control, configuration }: EvidenceStart): TargetConfiguration {
  const standIns = Object.entries(keys).map(([role, { variable, description, shape }]): [string, Key] => [
    role,
    { value: standInFor(shape), variable, description },
  ]);
  const nowhere: Readonly<Record<ControlAddress['kind'], ControlAddress>> = {
    url: { kind: 'url', url: 'http://control.invalid', token: '' },
    command: { kind: 'command', command: '' },
  };
  const rest = configuration as unknown as Omit<TargetConfiguration, 'keys' | 'control'>;
  return { ...rest, keys: Object.fromEntries(standIns), control: control && nowhere[control] };
}

/** The options of a complete run: nothing is left out, and the document is the bundled one. */
export function recordedOptions(start: EvidenceStart): RunOptions {
  return {
    profiles: start.profiles && profiles.filter((id) => start.profiles?.includes(id)),
    depth: 'full',
    mode: 'full',
    strict: start.strict,
    openapi: undefined,
    out: '',
    allowProduction: undefined,
  };
}
