import type { ExaminedKey } from '../../engine/preflight/examine.ts';
import { isSuccess, type Permission, type SuppliedRole } from '../../model/index.ts';

/** How serious a problem is: a variable is wrong, nothing can be decided, or a remark that does not stop a run. */
export type Gravity = 'configuration' | 'undecided' | 'remark';

/** One sentence about a key or the target, and how serious it is. */
export interface Remark {
  readonly gravity: Gravity;
  readonly sentence: string;
}

/** What a key turned out to be, in the words of the table, with remarks about it. */
export interface JudgedKey {
  readonly state: 'accepted' | 'rejected' | 'not known';
  readonly permission: string;
  readonly remarks: readonly Remark[];
}

const permissions: Readonly<Partial<Record<SuppliedRole, Permission>>> = {
  write: 'write',
  read: 'read',
  'long-lived': 'write',
  'other-project-write': 'write',
  'other-project-read': 'read',
};
/** Keys that a working target rejects, and what they are. */
const rejected: Readonly<Partial<Record<SuppliedRole, string>>> = {
  revoked: 'a revoked key',
  'other-environment': 'a key of another environment',
  'other-token': 'a token that is not an API key',
};

/** Judges one key by its answer and by its claims. */
export function judgeKey(key: ExaminedKey, nowMs: number): JudgedKey {
  const { status, failure, variable, role } = key;
  if (status === undefined) return notKnown(key, `no answer: ${failure ?? 'nothing was received'}`);
  if (status === 401) return judgeRejected(key, nowMs);
  if (status === 403) return judgeForbidden(key);
  if (!isSuccess(status) && ![400, 409, 415, 422].includes(status)) {
    return notKnown(key, `${key.operation} answers ${status}`);
  }
  const kind = rejected[role];
  if (kind !== undefined) {
    const sentence = `${variable} is accepted (${status}): either the target accepts ${kind}, or this is not one. A run reports it as a failure.`;
    return { state: 'accepted', permission: said(key), remarks: [{ gravity: 'remark', sentence }] };
  }
  if (key.asked === 'read') return { state: 'accepted', permission: said(key), remarks: wrongClaim(key) };
  const isReadKey = permissions[role] === 'read';
  return { state: 'accepted', permission: 'write', remarks: isReadKey ? [mayWrite(key)] : [] };
}

function judgeRejected(key: ExaminedKey, nowMs: number): JudgedKey {
  const { role, variable, operation } = key;
  const base = { state: 'rejected', permission: said(key) } as const;
  if (rejected[role] !== undefined) return { ...base, remarks: [] };
  const expired = key.says.expires !== undefined && key.says.expires * 1000 <= nowMs;
  const why = expired
    ? 'it expired, as its claim exp says'
    : 'it is expired, revoked or regenerated, or not a key of this target';
  const sentence = `${variable} is rejected with 401 by ${operation}: ${why}; set a new one.`;
  // Old keys have to work, so this rejection may be exactly what a run should find.
  const gravity = role === 'long-lived' ? 'remark' : 'configuration';
  return { ...base, remarks: [{ gravity, sentence }] };
}

/** The target knows the key, and the key may not do this. */
function judgeForbidden(key: ExaminedKey): JudgedKey {
  const { role, variable, operation, asked } = key;
  if (rejected[role] !== undefined) return { state: 'rejected', permission: said(key), remarks: [] };
  const isWriter = permissions[role] === 'write' || asked === 'read';
  const permission = asked === 'write' ? 'read' : 'none';
  if (!isWriter) return { state: 'accepted', permission, remarks: [] };
  const sentence = `${variable} gets 403 from ${operation}: it may not ${asked}; set a ${permissions[role] ?? 'valid'} key.`;
  return { state: 'accepted', permission, remarks: [{ gravity: 'configuration', sentence }] };
}

function notKnown(key: ExaminedKey, why: string): JudgedKey {
  const sentence = `${key.variable} could not be checked: ${why}.`;
  return { state: 'not known', permission: said(key), remarks: [{ gravity: 'undecided', sentence }] };
}

/**
 * A write operation did not reject a read key: only the claims of the key show whether the key or the target is wrong.
 */
function mayWrite({ variable, operation, status, says }: ExaminedKey): Remark {
  const seen = `${variable} is not rejected by ${operation} (${status})`;
  if (says.permission === 'write') {
    return { gravity: 'configuration', sentence: `${seen}: it is a write key; set a read key.` };
  }
  const what =
    says.permission === 'read'
      ? 'and says that it is a read key: the target checks the body first, or accepts read keys here'
      : 'either it is a write key, or the target checks the body first or accepts read keys here';
  return { gravity: 'remark', sentence: `${seen}, ${what}. A run tells which.` };
}

/** If nothing was written, only the claims of the key count. */
function wrongClaim({ role, variable, says }: ExaminedKey): Remark[] {
  const due = permissions[role];
  const claims = says.permission;
  if (due === undefined || (claims !== 'read' && claims !== 'write') || claims === due) return [];
  return [
    { gravity: 'configuration', sentence: `${variable} says that it is a ${claims} key; set a ${due} key.` },
  ];
}

function said({ says }: ExaminedKey): string {
  return says.permission === undefined ? 'not known' : `${says.permission} (by claim)`;
}

/** Compares the claims of the two keys of one project, and of the two keys of the other project. */
export function judgeProjects(keys: readonly ExaminedKey[]): Remark[] {
  const of = (role: SuppliedRole): ExaminedKey | undefined => keys.find((key) => key.role === role);
  const pairs = [
    ['read', 'write', true],
    ['other-project-read', 'other-project-write', true],
    ['other-project-write', 'write', false],
    ['other-project-read', 'write', false],
  ] as const;
  return pairs.flatMap(([one, other, together]) => {
    const [first, second] = [of(one), of(other)];
    const [here, there] = [first?.says.project, second?.says.project];
    if (here === undefined || there === undefined || (here === there) === together) return [];
    const what = together
      ? 'belong to different projects; set two keys of one project'
      : 'belong to one project; set keys of a second project';
    const sentence = `${first?.variable} and ${second?.variable} ${what}.`;
    return [{ gravity: 'configuration', sentence }];
  });
}
