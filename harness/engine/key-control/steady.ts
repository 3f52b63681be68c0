import { type Control, ControlError } from './protocol.ts';

/** After this many failures in a row, key control is not used any more. */
export const mostFailures = 5;

/**
 * Stops calling key control after several failures in a row, because each call may take its full time limit. Keys are
 * still revoked.
 */
export function steady(control: Control): Control {
  let inRow = 0;
  let last: Pick<ControlError, 'message' | 'code'> = { message: '' };
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    if (inRow >= mostFailures) {
      const { message, code } = last;
      throw new ControlError(`${message}; the suite stops using it after ${mostFailures} failures in a row`, {
        code,
      });
    }
    try {
      const answer = await call();
      inRow = 0;
      return answer;
    } catch (error) {
      if (error instanceof ControlError) {
        inRow += 1;
        last = error;
      }
      throw error;
    }
  };
  return {
    describe: () => guarded(() => control.describe()),
    createProject: (name) => guarded(() => control.createProject(name)),
    createKey: (request) => guarded(() => control.createKey(request)),
    regenerateKey: (id) => guarded(() => control.regenerateKey(id)),
    revokeKey: (id) => control.revokeKey(id),
    advanceClock: (seconds) => guarded(() => control.advanceClock(seconds)),
  };
}
