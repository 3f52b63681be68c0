/** The exit code of a run that could not decide. */
const undecided = 2;

/** Ends this process when the command line that started it is gone, however it went; does nothing without one. */
export function endWithParent(): void {
  if (process.connected === undefined) return;
  if (!process.connected) process.exit(undecided);
  process.once('disconnect', () => process.exit(undecided));
  process.channel?.unref();
}

let underway: Promise<unknown> = Promise.resolve();

/** Remembers work of the first look that is better not cut off in the middle. */
export function finishFirst(work: Promise<unknown>): void {
  underway = work.catch(() => undefined);
}

/** Waits for that work, but no longer than so many milliseconds. */
export async function finished(milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([underway, late]);
  clearTimeout(timer);
}

/** Resolves when the run is interrupted; never where it is not. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
  });
}

/** Resolves so many milliseconds after the run was interrupted; never where it is not. */
export function afterInterruption(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => setTimeout(resolve, milliseconds).unref());
  });
}
