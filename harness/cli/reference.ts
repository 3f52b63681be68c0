import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { exitCodes, spokenCommand } from '../model/index.ts';
import { faults } from '../reference/faults/index.ts';
import { startReference } from '../reference/start.ts';

/** Starts the reference server, prints lines for `source`, and serves until it is interrupted. */
export async function referenceCommand(options: {
  readonly port: number;
  readonly fault?: readonly string[];
  readonly faults?: boolean;
  readonly tls?: boolean;
}): Promise<number> {
  if (options.faults === true) {
    process.stdout.write(`${faults.map(({ id, breaks }) => `${id}: breaks "${breaks}"`).join('\n')}\n`);
    return exitCodes.done;
  }
  const unknown = options.fault?.find((id) => !faults.some((fault) => fault.id === id));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `There is no fault ${unknown}; list them with: ${spokenCommand('reference', '--faults')}`,
    );
  }
  const front = faults.find((fault) => fault.front !== undefined && options.fault?.includes(fault.id));
  if (options.tls === true && front !== undefined) {
    throw new ConfigurationError(`The fault ${front.id} reads plain HTTP; remove --tls.`);
  }
  const reference = await startReference({
    port: options.port,
    faults: options.fault ?? [],
    tls: options.tls ?? false,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ConfigurationError(`Port ${options.port} is in use; choose another with --port.`);
  });
  const lines = Object.entries(reference.environment).map(([name, value]) => `export ${name}='${value}'`);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.stderr.write(`The reference server listens on ${reference.url}; stop it with Ctrl-C.\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await reference.close();
  return exitCodes.done;
}
