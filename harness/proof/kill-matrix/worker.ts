import { prove, type Task } from './tasks.ts';

/** A process that runs one task after the other and answers each with its outcome, or with the error. */
process.on('message', async (task: Task) => {
  try {
    process.send?.({ outcome: await prove(task) });
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send?.({ failure });
  }
});
