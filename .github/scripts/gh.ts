import { execFileSync } from 'node:child_process';

/** The command line of GitHub: takes its arguments, answers what it printed, throws with its own words where it fails. */
export type Gh = (...args: readonly string[]) => string;

export const gh: Gh = (...args) =>
  execFileSync('gh', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A variable that the runner or the workflow sets. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; the workflow has to set it.`);
  return value;
}
