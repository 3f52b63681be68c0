import type { Misconfiguration, MisconfigurationKind, Parts, Site } from '../model.ts';

/** A name, what the front end does, its parts, the requirement that comes first, and the depth that shows it. */
export type Row = readonly [
  id: string,
  does: string,
  parts: (site: Site) => Parts,
  first: string,
  depth?: 'full',
];

/** Misconfigurations from tables by kind. */
export function misconfigurations(
  tables: Readonly<Partial<Record<MisconfigurationKind, readonly Row[]>>>,
): Misconfiguration[] {
  return Object.entries(tables).flatMap(([kind, rows]) =>
    rows.map(([id, does, parts, first, depth]) => ({
      id: `${kind}/${id}`,
      kind: kind as MisconfigurationKind,
      does,
      parts,
      first,
      ...(depth === undefined ? {} : { depth }),
    })),
  );
}
