import type { Command } from 'commander';
import { catalogue } from '../../../specs/requirements/index.ts';
import { allScenarios } from '../../engine/run/index.ts';
import { exitCodes } from '../../model/index.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { Shell } from './shells.ts';
import { completionTable } from './table.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** The script that completes the commands of a program in a shell, made from the same data as `--help`. */
export function completionScript(program: Command, shell: Shell): string {
  const scenarios = allScenarios(catalogue).map(({ id }) => id);
  return scripts[shell](program.name(), completionTable(program, scenarios), scenarios);
}

/** Prints the script. */
export async function completionCommand(program: Command, shell: Shell): Promise<number> {
  process.stdout.write(completionScript(program, shell));
  return exitCodes.done;
}
