/** A project that may have no more keys rejects both calls of a pair, and key control is given up after more in a row. */
const atATime = 2;

/** Makes one thing of each entry, two at a time and in order, and yields the answers; ends after a pair with a rejection. */
export async function* inPairs<From, To>(
  entries: readonly From[],
  make: (entry: From, index: number) => Promise<To>,
): AsyncGenerator<readonly PromiseSettledResult<To>[]> {
  for (let next = 0; next < entries.length; next += atATime) {
    const pair = entries.slice(next, next + atATime);
    const answers = await Promise.allSettled(pair.map((entry, index) => make(entry, next + index)));
    yield answers;
    if (answers.some(({ status }) => status === 'rejected')) return;
  }
}
