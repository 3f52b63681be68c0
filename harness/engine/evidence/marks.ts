/** Shorter pieces are no key: they may come back by chance. */
const shortest = 16;

const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  (text) => Buffer.from(text).toString('base64url'),
];
const mark = /‹presented (\d+)\.(\d)›/g;

/** Puts a mark wherever an answer repeats what was presented, so that it can be judged without holding it. */
export function hidePresented(text: string, presented: readonly string[]): string {
  return presented.reduce(
    (whole, part, index) =>
      part.length < shortest
        ? whole
        : spellings.reduce(
            (one, spell, spelling) => one.replaceAll(spell(part), `‹presented ${index}.${spelling}›`),
            whole,
          ),
    text,
  );
}

/** Puts what a stand-in presents in the place of the marks. */
export function showPresented(text: string, presented: readonly string[]): string {
  return text.replaceAll(mark, (_whole, index: string, spelling: string) => {
    const part = presented[Number(index)] ?? presented[0] ?? '';
    return (spellings[Number(spelling)] ?? String)(part);
  });
}
