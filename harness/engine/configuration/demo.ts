import { givenVariables } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';

/** Variables that apply to every run, the demo included: pace, time limit, and the key that signs certificates. */
const ofEveryRun: readonly string[] = [
  'MUFI_MAX_RPS',
  'MUFI_CONCURRENCY',
  'MUFI_TIMEOUT_MS',
  'MUFI_TIME_LIMIT',
  'MUFI_CERTIFICATE_KEY',
];

/** Variables that an option also sets. */
const options: Readonly<Record<string, string>> = {
  MUFI_WITHOUT: '--without',
  MUFI_ANONYMOUS: '--anonymous',
};

/**
 * The demo must not be mistaken for a test of a real server: without a base URL, no variable or option about a server
 * may be set. `given`: such options on the command line. Throws ConfigurationError.
 */
export function refuseDemo(
  environment: NodeJS.ProcessEnv,
  dotenvPath: string | undefined,
  given: readonly string[],
): void {
  const variables = givenVariables(environment, dotenvPath);
  if (variables.MUFI_BASE_URL !== undefined) return;
  const [option] = given;
  if (option !== undefined) throw refusal(`${option} is given`, `leave ${option} out`);
  const name = Object.keys(variables).find((variable) => !ofEveryRun.includes(variable));
  if (name === undefined) return;
  const also = options[name] === undefined ? '' : ` (or ${options[name]})`;
  throw refusal(`${name}${also} is set`, `unset ${name}`);
}

function refusal(what: string, otherwise: string): ConfigurationError {
  return new ConfigurationError(
    `${what} but MUFI_BASE_URL is not set, so there is no server to test; set MUFI_BASE_URL, or ${otherwise} to test the embedded reference server.`,
  );
}
