import type { Procedure } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { answeredAlike } from './answered-alike.ts';
import { oldKeyAtTheAnswer, revokedKeyAtTheAnswer } from './at-the-answer.ts';
import { looksClaimedAbsent } from './claimed-absent.ts';
import { oneKeySurvives } from './concurrent-regenerations.ts';
import { cookieLetsNobodyIn, cookieOutlivesNoKey } from './cookies.ts';
import { costlyKeyIsAnsweredInTime } from './costly-key.ts';
import { existenceOracle } from './existence-oracle.ts';
import { keepsIdentity } from './keeps-identity.ts';
import { carryNoExpiry, nameProjectAndPermission } from './key-claims.ts';
import { abortedLeaveNothing, keysTakeTurns } from './keys-apart.ts';
import { publishNoSecret, useNoLeakedSecret } from './leaked-secret.ts';
import { leaveNoTrace } from './leave-no-trace.ts';
import { regenerationIsLinearizable } from './linearizable.ts';
import { listsOfOwnProject } from './lists.ts';
import { listsInTurn } from './lists-in-turn.ts';
import { manyKeysWork } from './many-keys.ts';
import { oversizedHeaderIsHarmless } from './oversized-header.ts';
import { ownerIsServed } from './owner-served.ts';
import * as plain from './plain-http.ts';
import { preflightResult } from './preflight-result.ts';
import { revokedKeysStayRevoked } from './revoked-keys.ts';
import { keyGoesBefore } from './same-connection.ts';
import { bodyComesLate } from './slow-body.ts';
import { thingsStay } from './stays.ts';
import { streamsAtOnce, streamsInTurn } from './streams.ts';
import { certificateVerifies, handshakeIsRefused } from './tls.ts';
import { answeredConsistently } from './two-lines.ts';
import { twoNamesLeaveNoTrace } from './two-names.ts';

const procedures: Readonly<Record<Procedure, (context: CellContext) => Promise<CellOutcome[]>>> = {
  'real work': async () => [],
  'supplied keys carry no expiry': carryNoExpiry,
  'keys name project and permission': nameProjectAndPermission,
  'keys are signed with no leaked secret': useNoLeakedSecret,
  'the JWKS document has no secret': publishNoSecret,
  'regeneration keeps identity': keepsIdentity,
  'refused writes leave no trace': leaveNoTrace,
  'bad keys are answered alike': answeredAlike,
  'what is claimed absent looks unknown': looksClaimedAbsent,
  'two names leave no trace': twoNamesLeaveNoTrace,
  'existence oracle': existenceOracle,
  'lists hold only own objects': listsOfOwnProject,
  'lists belong to who asks': listsInTurn,
  'things stay in their project': thingsStay,
  'the owner is served right after a refusal': ownerIsServed,
  'two lines are answered consistently': answeredConsistently,
  'the key goes before on the connection': keyGoesBefore,
  'keys take turns on one connection': keysTakeTurns,
  'aborted requests leave nothing behind': abortedLeaveNothing,
  'streams of one connection in turn': streamsInTurn,
  'streams of one connection at once': streamsAtOnce,
  'the body comes late': bodyComesLate,
  'an oversized header is harmless': oversizedHeaderIsHarmless,
  'a cookie lets nobody in': cookieLetsNobodyIn,
  'a cookie outlives no key': cookieOutlivesNoKey,
  'creating a key leaves others alone': preflightResult,
  'a key survives guesses': preflightResult,
  'a costly key is answered in time': costlyKeyIsAnsweredInTime,
  'two regenerations leave one active key': oneKeySurvives,
  'regeneration is linearizable': regenerationIsLinearizable,
  'an old key is used at the answer': oldKeyAtTheAnswer,
  'a revoked key is used at the answer': revokedKeyAtTheAnswer,
  'revoked keys stay revoked': revokedKeysStayRevoked,
  'many keys work at a time': manyKeysWork,
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

/** Runs the procedure of the scenario; one outcome for each operation. */
export function runProcedure(context: CellContext): Promise<CellOutcome[]> {
  const { procedure } = context.planned.scenario;
  return procedure === undefined ? Promise.resolve([]) : procedures[procedure](context);
}
