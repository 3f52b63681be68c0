import type { OperationsDocument } from '../../model/openapi/operations.ts';

type Defs = OperationsDocument['components']['$defs'];

const several = ['allOf', 'anyOf', 'oneOf'];
const single = ['not', 'if', 'then', 'else'];

/** The name of a schema that is applied to the same value again before anything of the value is left behind. */
export function circularSchema({ $id, $defs }: OperationsDocument['components']): string | undefined {
  const known = new Map<object, boolean>();
  const leadsBack = (schema: unknown): boolean => {
    if (typeof schema !== 'object' || schema === null) return false;
    const seen = known.get(schema);
    if (seen !== undefined) return seen;
    // Until it is done, whoever comes back to it has come round.
    known.set(schema, true);
    const circular = appliedBy(schema as Record<string, unknown>, $id, $defs).some(leadsBack);
    known.set(schema, circular);
    return circular;
  };
  return Object.keys($defs).find((name) => leadsBack($defs[name]));
}

/** What a schema applies to the very value that it is applied to. */
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
