import type { Misconfiguration, MisconfigurationKind, Parts, Site } from '../model.ts';

/** A name, what the front end does, its parts, and the first requirement in the report. */
export type Row = readonly [id: string, does: string, parts: (site: Site) => Parts, first: string];

/** Builds misconfigurations from tables by kind. */
export function misconfigurations(
  tables: Readonly<Partial<Record<MisconfigurationKind, readonly Row[]>>>,
): Misconfiguration[] {
  return Object.entries(tables).flatMap(([kind, rows]) =>
    rows.map(([id, does, parts, first]) => ({
      id: `${kind}/${id}`,
      kind: kind as MisconfigurationKind,
      does,
      parts,
      first,
    })),
  );
}
