import { defined } from '../../model/defined.ts';
import type { Key } from '../../model/index.ts';
import { leakedSecrets } from '../credentials/leaked-secrets.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { algorithmOf, parseKey, signedTextOf } from '../credentials/parsed-key.ts';
import { hmac } from '../credentials/signers.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { notApplicable, type ProcedureFinding } from '../session/outcome.ts';
import { withControl } from './key-claims.ts';

/**
 * Verifies each supplied key with publicly known secrets. If one verifies a key, anybody can create keys. Sends
 * nothing.
 */
export function useNoLeakedSecret(context: CellContext): Promise<CellOutcome[]> {
  const { keys } = context.session.state.target;
  const supplied = Object.values(defined(keys)).filter((key) => key !== undefined);
  const found = supplied.flatMap((key): ProcedureFinding[] => {
    const at = leakedSecrets.findIndex((secret) => isSignedWith(key, secret));
    if (at < 0) return [];
    const which = `number ${at + 1} of ${leakedSecrets.length} in harness/engine/credentials/leaked-secrets.ts`;
    return [
      { kind: 'bad-key', message: `${key.variable} is signed with a secret from a public list: ${which}` },
    ];
  });
  return withControl(context, found);
}

/** Looks for private and symmetric keys in the JWKS document of the target (RFC 7517 section 9.2). */
export function publishNoSecret(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  if (session.publicKeys === undefined || session.state.jwksComputed === true) {
    const none = new NotForgeable('the target publishes no JWKS document that the run knows');
    return Promise.resolve(planned.operations.map((one) => notApplicable(context, one, [], none)));
  }
  const members = session.publicKeys.secretMembers;
  const message = `a key in the JWKS document has the secret ${members.length === 1 ? 'member' : 'members'} ${members.join(', ')}`;
  return withControl(context, members.length === 0 ? [] : [{ kind: 'leak', message }]);
}

function isSignedWith(key: Key, secret: string): boolean {
  const parsed = parseKey(key);
  const algorithm = algorithmOf(parsed) ?? '';
  if (!/^HS(256|384|512)$/.test(algorithm)) return false;
  return hmac(algorithm, secret, signedTextOf(parsed)).toString('base64url') === parsed.signatureSegment;
}
