import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Task, TaskOutcome } from './tasks.ts';

/** The answer of a worker: an outcome, or the fault of the suite that prevented it. */
type WorkerAnswer = { readonly outcome: TaskOutcome } | { readonly failure: string };

/**
 * Runs tasks in as many processes as there are cores; returns the outcomes in the order of the tasks. If a process
 * stops, throws the cause with the id of its task.
 */
export async function inProcesses(
  tasks: readonly Task[],
  done: (task: Task, outcome: TaskOutcome) => void,
): Promise<TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  const queue = [...tasks.entries()];
  const workers = Array.from({ length: Math.min(availableParallelism(), tasks.length) }, async () => {
    const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
      serialization: 'advanced',
    });
    const ended = once(worker, 'exit').then(([code]) => [{ failure: `the process ended with ${code}` }]);
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [place, task] = next;
        worker.send(task);
        const [answer] = (await Promise.race([once(worker, 'message'), ended])) as [WorkerAnswer];
        if ('failure' in answer) throw new Error(`${task.kind} ${task.id}: ${answer.failure}`);
        outcomes[place] = answer.outcome;
        done(task, answer.outcome);
      }
    } finally {
      worker.kill();
    }
  });
  await Promise.all(workers);
  return outcomes;
}
