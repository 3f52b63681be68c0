/** Where a generated part is in a page: between `<!-- name -->` and `<!-- /name -->`. */
export function markersOf(name: string): readonly [opening: string, closing: string] {
  return [`<!-- ${name} -->`, `<!-- /${name} -->`];
}

/** The block of a name in a text, its marks included; undefined where there is none. */
export function blockIn(text: string, name: string): string | undefined {
  const [opening, closing] = markersOf(name);
  const [from, to] = [text.indexOf(opening), text.indexOf(closing)];
  return from < 0 || to < from ? undefined : text.slice(from, to + closing.length);
}

/** The text with the block of a name replaced, marks included. Throws where it has none. */
export function withBlock(text: string, name: string, block: string): string {
  const old = blockIn(text, name);
  if (old === undefined)
    throw new Error(`The page has no ${markersOf(name).join(' and ')} to write between.`);
  return text.replace(old, () => block);
}
