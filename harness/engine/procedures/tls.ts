import { because, type Handshake, type Operation } from '../../model/index.ts';
import type { TlsLook } from '../probe/tls-look.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, withReason } from '../session/outcome.ts';
import { SuiteFault } from '../verdict/judgement.ts';

/** A client that accepts only one kind of certificate gets a valid one, or none. */
export function certificateVerifies(context: CellContext): Promise<CellOutcome[]> {
  return lookAtAll(context, (look, offer) => {
    if (look.kind !== 'agreed' || look.untrusted === undefined) return [];
    const message = `a client that offers ${offer} is served on ${look.on}, but does not trust it: ${look.untrusted}`;
    return [{ kind: 'weak-tls', message }];
  });
}

/** A weak offer gets no connection (RFC 9325 sections 3.1 and 4.1). */
export function handshakeIsRefused(context: CellContext): Promise<CellOutcome[]> {
  return lookAtAll(context, (look, offer) => {
    if (look.kind !== 'agreed') return [];
    return [{ kind: 'weak-tls', message: `a client that offers only ${offer} is served on ${look.on}` }];
  });
}

async function lookAtAll(
  context: CellContext,
  judge: (look: TlsLook, offer: Handshake) => ProcedureFinding[],
): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const offer = planned.scenario.handshake;
  if (offer === undefined) throw new SuiteFault(`${planned.id} names no handshake`);
  return Promise.all(
    planned.operations.map(async (operation: Operation) => {
      const look = await session.prober.handshake(session.state.baseUrl, offer);
      const undecided = look.kind === 'undecided' ? look.because : undefined;
      const outcome = procedureOutcome(context, operation, judge(look, offer), [], undecided);
      return look.kind === 'refused' ? withReason(outcome, because('handshake-refused')) : outcome;
    }),
  );
}
