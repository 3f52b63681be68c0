/** The marks around a generated part of a page: `<!-- name -->` and `<!-- /name -->`. */
export function markersOf(name: string): readonly [opening: string, closing: string] {
  return [`<!-- ${name} -->`, `<!-- /${name} -->`];
}

/** The block with this name in a text, including its marks; undefined if there is none. */
export function blockIn(text: string, name: string): string | undefined {
  const [opening, closing] = markersOf(name);
  const [from, to] = [text.indexOf(opening), text.indexOf(closing)];
  return from < 0 || to < from ? undefined : text.slice(from, to + closing.length);
}

/** The text with the named block replaced, including its marks. Throws if the text has no such block. */
export function withBlock(text: string, name: string, block: string): string {
  const old = blockIn(text, name);
  if (old === undefined)
    throw new Error(`The page has no ${markersOf(name).join(' and ')} to write between.`);
  return text.replace(old, () => block);
}
