import { catalogue } from '../../../specs/requirements/index.ts';
import { degenerates } from '../../reference/degenerates.ts';
import { faults } from '../../reference/faults/index.ts';
import { type FaultProof, isKilled, proveFault } from './faults.ts';
import { anyKeys, conformants, proveConformant, proveDegenerate, type ServerProof } from './servers.ts';
import { isProven, proveStaleness, type StalenessProof } from './staleness.ts';

/** One thing to prove. */
export interface Task {
  readonly kind: 'fault' | 'conformant' | 'degenerate' | 'staleness';
  readonly id: string;
}

/** The outcome of a task; `ok` if everything is as expected. */
export type TaskOutcome =
  | { readonly kind: 'fault'; readonly ok: boolean; readonly proof: FaultProof }
  | { readonly kind: 'conformant' | 'degenerate'; readonly ok: boolean; readonly proof: ServerProof }
  | { readonly kind: 'staleness'; readonly ok: boolean; readonly proof: StalenessProof };

/** Whether an outcome is that of a task. */
export function isOutcomeOf(outcome: TaskOutcome, { kind, id }: Task): boolean {
  return outcome.kind === kind && (outcome.kind === 'staleness' || outcome.proof.id === id);
}

const stalenessRuns = 20;
let keys: ReturnType<typeof anyKeys> | undefined;

/** All tasks of the proof, the longest first. */
export const tasks: readonly Task[] = [
  { kind: 'staleness', id: 'staleness' },
  ...conformants.map(({ id }) => ({ kind: 'conformant' as const, id })),
  ...degenerates.map(({ id }) => ({ kind: 'degenerate' as const, id })),
  ...faults.map(({ id }) => ({ kind: 'fault' as const, id })),
];

/** Runs one task in this process. Throws for unknown ids and for faults of the suite. */
export async function prove({ kind, id }: Task): Promise<TaskOutcome> {
  switch (kind) {
    case 'fault': {
      const proof = await proveFault(find(faults, id), catalogue);
      return { kind, ok: isKilled(proof), proof };
    }
    case 'conformant': {
      const proof = await proveConformant(find(conformants, id), catalogue);
      return { kind, ok: proof.wrong.length === 0, proof };
    }
    case 'degenerate': {
      keys ??= anyKeys();
      const proof = await proveDegenerate(find(degenerates, id), catalogue, await keys);
      return { kind, ok: proof.wrong.length === 0, proof };
    }
    case 'staleness': {
      const proof = await proveStaleness(catalogue, stalenessRuns);
      return { kind, ok: isProven(proof), proof };
    }
  }
}

function find<T extends { readonly id: string }>(known: readonly T[], id: string): T {
  const found = known.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
