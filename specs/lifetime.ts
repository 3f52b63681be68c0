/** The exit code of a run that could not decide. */
const undecided = 2;

/** Ends this process when the command line that started it is gone, however it went; does nothing without one. */
export function endWithParent(): void {
  if (process.connected === undefined) return;
  if (!process.connected) process.exit(undecided);
  process.once('disconnect', () => process.exit(undecided));
  process.channel?.unref();
}

/** Resolves so many milliseconds after the run was interrupted; never where it is not. */
export function afterInterruption(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => setTimeout(resolve, milliseconds).unref());
  });
}
