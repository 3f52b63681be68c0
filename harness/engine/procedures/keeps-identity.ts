import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { send, statusOf } from '../session/send.ts';

/** A regeneration changes the key; id, project and permission stay the same. */
export async function keepsIdentity(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned, keys } = context;
  const { before, after, successor } = keys ?? {};
  if (before === undefined || after === undefined || successor === undefined) return [];
  const found: ProcedureFinding[] = [];
  const changed = (what: string, was: string, is: string): void => {
    if (was !== is) found.push({ kind: 'inconsistent', message: `the regeneration changes the ${what}` });
  };
  changed('key id', before.id, after.id);
  changed('project', before.project_id, after.project_id);
  changed('permission', before.permission, after.permission);
  if (before.key === after.key) {
    found.push({ kind: 'inconsistent', message: 'the regenerated key is the old key' });
  }
  const outcomes: CellOutcome[] = [];
  for (const operation of planned.operations) {
    const blocked = blockedReason(session, planned, operation);
    if (blocked !== undefined) {
      outcomes.push(procedureOutcome(context, operation, found, [], blocked));
      continue;
    }
    const sent = await send(session, { operation, key: successor, variant: 'repeatable' });
    const status = statusOf(sent);
    const wanted = before.permission === 'read' && operation.permission === 'write' ? 'refused' : 'accepted';
    const own = [...found];
    if (wanted === 'refused' && status !== undefined && status < 300) {
      own.push({ kind: 'let-in', message: `403 was expected; the new read key can write (${status})`, sent });
    }
    if (wanted === 'accepted' && status === 403) {
      own.push({ kind: 'shut-out', message: 'the new write key gets 403', sent });
    }
    const undecided = status === undefined ? unanswered(sent) : undefined;
    outcomes.push(procedureOutcome(context, operation, own, [sent], undecided));
  }
  return outcomes;
}
