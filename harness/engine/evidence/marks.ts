import { keySpellings } from '../../model/index.ts';

/** Shorter texts may appear in an answer by chance. */
const shortest = 16;

const mark = /‹presented (\d+)\.(\d)›/g;

/** Puts a mark where an answer repeats what was presented, so that it can be judged without the key. */
export function hidePresented(text: string, presented: readonly string[]): string {
  return presented.reduce(
    (whole, part, index) =>
      part.length < shortest
        ? whole
        : keySpellings.reduce(
            (one, spell, spelling) => one.replaceAll(spell(part), `‹presented ${index}.${spelling}›`),
            whole,
          ),
    text,
  );
}

/** Puts what a stand-in presents in place of the marks. */
export function showPresented(text: string, presented: readonly string[]): string {
  return text.replaceAll(mark, (_whole, index: string, spelling: string) => {
    const part = presented[Number(index)] ?? presented[0] ?? '';
    return (keySpellings[Number(spelling)] ?? String)(part);
  });
}
