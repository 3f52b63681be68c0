const parts = 20;

/**
 * Calls `expire` after this many milliseconds in which the process could read what arrived; the result cancels it. After a
 * pause of the process, timers come before sockets, so each part of the time counts at most once, whatever it took.
 */
export function startTimeLimit(limitMs: number, expire: () => void): () => void {
  let left = parts;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(() => {
      left -= 1;
      if (left === 0) expire();
      else wait();
    }, limitMs / parts);
  };
  wait();
  return () => clearTimeout(timer);
}
