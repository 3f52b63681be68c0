import type { JsonObject, JsonValue, Key } from '../../model/index.ts';
import { parseKey } from '../credentials/parsed-key.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome } from '../session/outcome.ts';
import { send } from '../session/send.ts';

/** Checks the supplied keys for a claim that lets them expire (RFC 7519 section 4.1.4). */
export function carryNoExpiry(context: CellContext): Promise<CellOutcome[]> {
  const keys = suppliedKeys(context, ['write', 'read', 'long-lived']);
  const found = keys.flatMap((key): ProcedureFinding[] => {
    const { exp } = parseKey(key).payload;
    if (exp === undefined) return [];
    return [{ kind: 'bad-key', message: `${key.variable} has the claim exp, so it expires by itself` }];
  });
  return withControl(context, found);
}

/** Compares the supplied keys: a claim must distinguish read from write, and another one the projects. */
export function nameProjectAndPermission(context: CellContext): Promise<CellOutcome[]> {
  const {
    write,
    read,
    'other-project-write': other,
    'other-project-read': otherRead,
  } = context.session.state.target.keys;
  if (write === undefined || read === undefined) return withControl(context, []);
  const ofWrite = flatten(parseKey(write).payload);
  const ofRead = flatten(parseKey(read).payload);
  const found: ProcedureFinding[] = [];
  const pair = other && otherRead && [flatten(parseKey(other).payload), flatten(parseKey(otherRead).payload)];
  // In any words: both write keys say the same, both read keys too, and the two differ.
  const permission = [...ofWrite].some(
    ([path, value]) =>
      ofRead.get(path) !== value &&
      (/write/i.test(value) || (pair?.[0]?.get(path) === value && pair[1]?.get(path) === ofRead.get(path))),
  );
  if (!permission) {
    const message = 'no claim of the write key names its permission and differs in the read key';
    found.push({ kind: 'bad-key', message });
  }
  if (other !== undefined) {
    const ofOther = flatten(parseKey(other).payload);
    const project = [...ofWrite].some(
      ([path, value]) => ofRead.get(path) === value && ofOther.has(path) && ofOther.get(path) !== value,
    );
    if (!project) {
      const message =
        'no claim is the same in both keys of a project and different in a key of another project';
      found.push({ kind: 'bad-key', message });
    }
  }
  return withControl(context, found);
}

/** The findings in the keys themselves, with a request that shows that the keys are in use. */
export async function withControl(
  context: CellContext,
  found: readonly ProcedureFinding[],
): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const [operation] = planned.operations;
  if (operation === undefined) return [];
  const sent = await send(session, {
    operation,
    key: session.state.target.keys.write,
    variant: 'repeatable',
  });
  return [procedureOutcome(context, operation, found, [sent])];
}

function suppliedKeys(context: CellContext, roles: readonly ('write' | 'read' | 'long-lived')[]): Key[] {
  const { keys } = context.session.state.target;
  return roles.map((role) => keys[role]).filter((key) => key !== undefined);
}

function flatten(value: JsonValue | JsonObject, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  const entries = Object.entries(value as JsonObject);
  return new Map(entries.flatMap(([name, inner]) => [...flatten(inner, `${path}.${name}`)]));
}
