import { catalogue } from '../../specs/requirements/index.ts';
import { targetAddresses } from '../engine/configuration/addresses.ts';
import { readConfiguration } from '../engine/configuration/configuration.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { keyVariables } from '../engine/configuration/variables.ts';
import { forge } from '../engine/credentials/forge.ts';
import { NotForgeable } from '../engine/credentials/not-forgeable.ts';
import { applyFilter } from '../engine/credentials/present.ts';
import { readPublicKeys } from '../engine/credentials/public-key.ts';
import { findPublicKeys } from '../engine/preflight/public-keys.ts';
import { createProber } from '../engine/probe/prober.ts';
import { allScenarios } from '../engine/run/index.ts';
import { senderOf } from '../engine/session/control-sender.ts';
import {
  exitCodes,
  type Key,
  type KeyRole,
  spokenCommand,
  type TargetConfiguration,
} from '../model/index.ts';

/**
 * Writes the forged key of a scenario for a replay line. Works only in a command substitution, never on a terminal,
 * because a forged key contains the payload of a real one.
 */
export async function forgeCommand(id: string, options: { readonly filter?: string }): Promise<number> {
  if (process.stdout.isTTY) {
    throw new ConfigurationError('A forged key is not shown on a terminal; use this command inside $(...).');
  }
  const found = allScenarios(catalogue).find((candidate) => candidate.id === id);
  if (found === undefined) {
    throw new ConfigurationError(`There is no scenario ${id}; list them with: ${spokenCommand('list')}`);
  }
  const { scenario } = found;
  const target = readConfiguration(process.env, '.env');
  const role = scenario.key ?? (scenario.prepare === undefined ? 'write' : 'prepared');
  try {
    const lend = (other: KeyRole): Key => keyOf(target, other, scenario.prepare);
    const key = role === 'none' ? undefined : lend(role);
    const text =
      key === undefined || scenario.forge === undefined
        ? (scenario.forge?.literal ?? key?.value ?? '')
        : await forge(key, scenario.forge, {
            keyOf: lend,
            ...(await publicKeys(target)),
          });
    process.stdout.write(options.filter === undefined ? text : applyFilter(options.filter, text));
    return exitCodes.done;
  } catch (error) {
    if (error instanceof NotForgeable)
      throw new ConfigurationError(`${id} cannot be forged: ${error.message}.`);
    throw error;
  }
}

/** Throws NotForgeable with the name of the missing variable and what it must contain. */
function keyOf(target: TargetConfiguration, role: KeyRole, preparation: string | undefined): Key {
  if (role === 'prepared' || role === 'successor') {
    const variable = role === 'prepared' ? 'PREPARED_KEY' : 'NEW_KEY';
    const value = process.env[variable];
    if (value !== undefined && value !== '') {
      if (/^[!-~]+$/.test(value)) return { value, variable, description: role };
      throw new NotForgeable(`${variable} contains a character that a key cannot have`);
    }
    const needs = role === 'prepared' ? (preparation ?? 'key created for this') : 'key that replaced it';
    throw new NotForgeable(`${variable} is not exported; set it to a ${needs}, created through key control`);
  }
  const key = target.keys[role];
  if (key === undefined) throw new NotForgeable(`${keyVariables[role]} is not set`);
  return key;
}

async function publicKeys(target: TargetConfiguration) {
  const candidates = [target.jwksUrl, `${target.baseUrl}/.well-known/jwks.json`];
  const rate = target.maxRequestsPerSecond;
  const within = targetAddresses(target);
  const prober = createProber({ ...senderOf(target), concurrency: 1, maxRequestsPerSecond: rate, within });
  const found = await findPublicKeys(prober, candidates, target.keys).finally(() => prober.dispose());
  return found === undefined ? {} : { publicKeys: readPublicKeys(found.text) };
}
