/**
 * The target of the benchmark in its own process: prints its environment as one line of JSON, then serves until
 * standard input ends.
 */
import { startReference } from '../../reference/start.ts';

const reference = await startReference({ variants: ['repeated-paths'] });
process.stdout.write(`${JSON.stringify(reference.environment)}\n`);
process.stdin.resume().once('end', () => process.exit());
