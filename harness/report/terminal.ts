type Environment = Readonly<Record<string, string | undefined>>;
type Terminal = Pick<NodeJS.WriteStream, 'isTTY'>;

/**
 * Whether to write colours. `FORCE_COLOR` decides if it is set (0 or false: none), then `NO_COLOR`. Otherwise colours
 * go only to a terminal that supports them.
 */
export function wantsColor(stream: Terminal, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR) return !/^(0|false)$/i.test(FORCE_COLOR);
  return !NO_COLOR && stream.isTTY === true && TERM !== 'dumb';
}

/** Whether a line may be overwritten: on a terminal, but not in the log of a CI system. */
export function canRedraw(stream: Terminal, { CI, TERM }: Environment): boolean {
  return stream.isTTY === true && !CI && TERM !== 'dumb';
}
