import type { Procedure } from '../../model.ts';
import type { CellContext, CellOutcome } from '../cell.ts';
import { answeredAlike } from './answered-alike.ts';
import { oneKeySurvives } from './concurrent-regenerations.ts';
import { keepsIdentity } from './keeps-identity.ts';
import { carryNoExpiry, nameProjectAndPermission } from './key-claims.ts';
import { leaveNoTrace } from './leave-no-trace.ts';
import { regenerationIsLinearizable } from './linearizable.ts';
import { listsHoldNothingForeign } from './lists.ts';
import { foreignLooksUnknown } from './looks-unknown.ts';
import { oversizedHeaderIsHarmless } from './oversized-header.ts';
import * as plain from './plain-http.ts';
import { keyGoesBefore } from './same-connection.ts';
import { certificateVerifies, handshakeIsRefused } from './tls.ts';
import { answeredConsistently } from './two-lines.ts';

const procedures: Readonly<Record<Procedure, (context: CellContext) => Promise<CellOutcome[]>>> = {
  'real work': async () => [],
  'supplied keys carry no expiry': carryNoExpiry,
  'keys name project and permission': nameProjectAndPermission,
  'regeneration keeps identity': keepsIdentity,
  'refused writes leave no trace': leaveNoTrace,
  'bad keys are answered alike': answeredAlike,
  'foreign things look unknown': foreignLooksUnknown,
  'lists hold nothing foreign': listsHoldNothingForeign,
  'two lines are answered consistently': answeredConsistently,
  'the key goes before on the connection': keyGoesBefore,
  'an oversized header is harmless': oversizedHeaderIsHarmless,
  'two regenerations leave one living key': oneKeySurvives,
  'regeneration is linearizable': regenerationIsLinearizable,
  'the certificate verifies': certificateVerifies,
  'the handshake is refused': handshakeIsRefused,
  'plain HTTP does not look at keys': plain.doesNotLookAtKeys,
  'plain HTTP lets nobody in': plain.letsNobodyIn,
  'plain HTTP leaves no trace': plain.leavesNoTrace,
  'plain HTTP does not repeat the key': plain.doesNotRepeatTheKey,
  'plain HTTP redirects to HTTPS': plain.redirectsToHttps,
  'HSTS is in force': plain.hstsInForce,
  'HSTS is not sent in the clear': plain.hstsNotInTheClear,
};

/** Runs the scenario's procedure; one outcome an operation. */
export function runProcedure(context: CellContext): Promise<CellOutcome[]> {
  const { procedure } = context.planned.scenario;
  return procedure === undefined ? Promise.resolve([]) : procedures[procedure](context);
}
