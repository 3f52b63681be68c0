import type { OperationsDocument } from '../../model/openapi/operations.ts';

type Defs = OperationsDocument['components']['$defs'];

const several = ['allOf', 'anyOf', 'oneOf'];
const single = ['not', 'if', 'then', 'else'];

/** The name of a schema that applies itself to the same value again, without going into a member or an item. */
export function circularSchema({ $id, $defs }: OperationsDocument['components']): string | undefined {
  const known = new Map<object, boolean>();
  const leadsBack = (schema: unknown): boolean => {
    if (typeof schema !== 'object' || schema === null) return false;
    const seen = known.get(schema);
    if (seen !== undefined) return seen;
    // True until it is done: a schema that comes back to this one is circular.
    known.set(schema, true);
    const circular = appliedBy(schema as Record<string, unknown>, $id, $defs).some(leadsBack);
    known.set(schema, circular);
    return circular;
  };
  return Object.keys($defs).find((name) => leadsBack($defs[name]));
}

/** The schemas that a schema applies to its own value. */
function appliedBy(schema: Record<string, unknown>, id: string, defs: Defs): unknown[] {
  const lists = several.flatMap((name) => (Array.isArray(schema[name]) ? schema[name] : []));
  const conditions = Object.values((schema.dependentSchemas as object | undefined) ?? {});
  return [...lists, ...conditions, ...single.map((name) => schema[name]), referred(schema.$ref, id, defs)];
}

function referred(reference: unknown, id: string, $defs: Defs): unknown {
  if (typeof reference !== 'string' || !reference.startsWith(`${id}#/`)) return undefined;
  let current: unknown = { $defs };
  for (const part of reference.slice(id.length + 2).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    current = (current as Record<string, unknown> | undefined)?.[name];
  }
  return current;
}
