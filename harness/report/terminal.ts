type Environment = Readonly<Record<string, string | undefined>>;
type Terminal = Pick<NodeJS.WriteStream, 'isTTY'>;

/**
 * Whether colours are written: `FORCE_COLOR` decides where it is set (0 or false: none), then `NO_COLOR`, then whether
 * a terminal that knows them is listening.
 */
export function wantsColor(stream: Terminal, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR) return !/^(0|false)$/i.test(FORCE_COLOR);
  return !NO_COLOR && stream.isTTY === true && TERM !== 'dumb';
}

/** Whether a line may be drawn over: on a terminal, but not in the log of a CI system. */
export function canRedraw(stream: Terminal, { CI, TERM }: Environment): boolean {
  return stream.isTTY === true && !CI && TERM !== 'dumb';
}
