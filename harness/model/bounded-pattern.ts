import { createContext, Script } from 'node:vm';

/** A regular expression took longer than any reasonable pattern does. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

const scripts = {
  test: new Script('pattern.test(text)'),
  some: new Script('texts.map((text) => pattern.test(text))'),
};

/**
 * Which of these texts a pattern matches, within this many milliseconds in total. Throws TooSlow, or SyntaxError if the
 * pattern is not a regular expression.
 */
export function matchesWithin(pattern: RegExp, texts: readonly string[], timeoutMs: number): boolean[] {
  const context = createContext({ pattern, texts });
  return bounded(() => [...(scripts.some.runInContext(context, { timeout: timeoutMs }) as boolean[])]);
}

/** A pattern with a time limit on every use. After one text takes too long, the pattern is not tried again. */
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

/** True if a pattern takes too long on one of the texts that reveal common mistakes in patterns. */
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
