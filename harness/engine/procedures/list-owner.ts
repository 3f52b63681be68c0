import { idsIn, otherProjectIds } from '../session/other-project-ids.ts';
import type { ProcedureFinding } from '../session/outcome.ts';
import type { SentRequest } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { entriesOf } from './list-pages.ts';

/**
 * What is wrong with the owner's list if a key of another project asked for the same page between the owner's two
 * requests: it contains something of that project, or nothing of its own any more.
 */
export function wrongForOwner(session: Session, before: SentRequest, after: SentRequest): ProcedureFinding[] {
  const [own, then] = [before, after].map((sent) =>
    entriesOf(sent) === undefined ? undefined : bodyOf(sent),
  );
  if (then === undefined) return [];
  const strange = idsIn(session.state.otherProject).find((id) => then.includes(id));
  if (strange !== undefined) {
    const message = `the owner's list shows ${strange}, which belongs to the other project`;
    return [{ kind: 'leak', message, sent: after }];
  }
  const ids = otherProjectIds({ fixture: session.state.fixture });
  const shown = ids.filter((id) => own?.includes(id));
  if (shown.length === 0 || shown.some((id) => then.includes(id))) return [];
  const message = `the owner's list no longer shows what it showed before a key of another project read the same page`;
  return [{ kind: 'inconsistent', message, sent: after }];
}

function bodyOf({ exchange }: SentRequest): string {
  return exchange.response?.body ?? '';
}
