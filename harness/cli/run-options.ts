import { type Command, Option } from 'commander';
import { depths, modes } from '../model/index.ts';
import { addOperation, parseProfiles } from './parse.ts';

/** The help text of `--without` for every command. */
export const withoutHelp =
  'an operation that the target does not implement, "POST /v1/..."; replaces MUFI_WITHOUT; may be repeated';

/** Adds the options that name a target and limit what may be sent to it. */
export function withTargetOptions(command: Command): Command {
  return command
    .option('--base-url <url>', 'the server you test; replaces MUFI_BASE_URL')
    .addOption(
      new Option(
        '--mode <mode>',
        'observe: read operations only; reject-only: writes only with keys that must be rejected; full: everything',
      )
        .choices(modes)
        .default('full'),
    )
    .option('--without <operation>', withoutHelp, addOperation)
    .option('--openapi <file>', 'a stricter OpenAPI 3.1 document')
    .option(
      '--allow-production <host>',
      'repeat the names of production hosts, with commas; at most --mode observe there',
    );
}

/** Also adds the options that select what to run and how strictly. */
export function withRunOptions(command: Command): Command {
  return withTargetOptions(command)
    .option('--require-target', 'refuse to run where no server is named, instead of the demo')
    .addOption(
      new Option('--profile <list>', 'profiles that must be complete, with commas').argParser(parseProfiles),
    )
    .addOption(
      new Option(
        '--depth <depth>',
        'quick: the scenarios that catch the most faults, on one read and one write operation; full: all',
      )
        .choices(depths)
        .default('full'),
    )
    .option('--strict', 'a SHOULD that fails is a failure')
    .option('--anonymous [seed]', 'send nothing that names the suite; replaces MUFI_ANONYMOUS')
    .option('--baseline <file>', 'list of known failures that do not fail the run')
    .option('-g, --grep <pattern>', 'only scenarios whose id or title matches');
}
