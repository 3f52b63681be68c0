import { createContext, Script } from 'node:vm';

/** A regular expression took longer on a text than anything that is meant does. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

const scripts = {
  test: new Script('pattern.test(text)'),
  some: new Script('texts.map((text) => pattern.test(text))'),
};

/** Which of these texts a pattern matches, in so many milliseconds altogether. Throws TooSlow; SyntaxError if it is none. */
export function matchesWithin(pattern: RegExp, texts: readonly string[], timeoutMs: number): boolean[] {
  const context = createContext({ pattern, texts });
  return bounded(() => [...(scripts.some.runInContext(context, { timeout: timeoutMs }) as boolean[])]);
}

/** A pattern whose every use is bounded; after the first text that took too long it is not tried again. */
export function boundedPattern(pattern: RegExp, timeoutMs: number): { test(text: string): boolean } {
  const context = createContext({ pattern, text: '' });
  let slow = false;
  return {
    test: (text) => {
      if (slow) throw new TooSlow();
      context.text = text;
      try {
        return bounded(() => scripts.test.runInContext(context, { timeout: timeoutMs }) as boolean);
      } catch (error) {
        slow = error instanceof TooSlow;
        throw error;
      }
    },
  };
}

function bounded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TooSlow();
    throw error;
  }
}

/** Whether a pattern takes long on any of the texts that make usual mistakes in patterns show. */
export function looksEndless(pattern: RegExp, timeoutMs: number): boolean {
  const letters = new Set([
    'a',
    '0',
    ' ',
    '-',
    ...pattern.source
      .replace(/\\./g, '')
      .replace(/[^\w ./:-]/g, '')
      .slice(0, 40),
  ]);
  const texts = [...letters].flatMap((letter) => [
    `${letter.repeat(40)}\u0000`,
    `x${letter.repeat(2000)}\u0000`,
  ]);
  try {
    matchesWithin(pattern, texts, timeoutMs);
    return false;
  } catch (error) {
    if (error instanceof TooSlow) return true;
    throw error;
  }
}
