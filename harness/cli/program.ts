import { Argument, Command, CommanderError, Option } from 'commander';
import { closest, distance } from 'fastest-levenshtein';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { suiteVersion } from '../engine/session/suite.ts';
import { exitCodes } from '../model/index.ts';
import { WriteFailure } from '../report/output-directory.ts';
import { inLog } from '../report/render/text.ts';
import type { CertifyArguments } from './certify-inputs.ts';
import type { CompareArguments } from './compare.ts';
import { type Shell, shells } from './completion/shells.ts';
import type { DoctorArguments } from './doctor/index.ts';
import { exitCodeHelp, programExitCodeHelp } from './exit-code-help.ts';
import { type Job, jobs } from './init/jobs.ts';
import { addOperation, parsePort, parseProfiles, parseSeconds, parseShard } from './parse.ts';
import type { ReplayArguments } from './replay/index.ts';
import type { RunArguments } from './run.ts';
import { withoutHelp, withRunOptions, withTargetOptions } from './run-options.ts';

/** The exit code for a run that is broken: configuration, harness fault, zero cells. */
const { broken } = exitCodes;

const sarifHelp = 'write report.sarif; shows failures in this file, or in the OpenAPI document';

/** Stores the exit code of a command when it is known. */
type Remember = (work: Promise<number>) => Promise<void>;

/**
 * The command line. `run` takes the arguments after the program name and returns the exit code. The code of a command
 * is loaded only when the command is called, so that every command starts fast.
 */
export function createProgram(): { run(args: readonly string[]): Promise<number> } {
  let exitCode: number = exitCodes.done;
  const remember: Remember = async (work) => {
    exitCode = await work;
  };
  const program = commandLine(remember);
  return {
    async run(args) {
      try {
        refuseUnknown(program, args);
        // Without arguments, show the help; do not start a run of several minutes.
        await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
        return exitCode;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : broken;
        if (error instanceof ConfigurationError || error instanceof WriteFailure) {
          process.stderr.write(`${inLog(error.message)}\n`);
          return broken;
        }
        // Node would end with 1, but 1 means that the target breaks the contract.
        process.stderr.write(`${inLog(String(error instanceof Error ? error.stack : error))}\n`);
        return broken;
      }
    },
  };
}

/** The most edits between a misspelled word and the suggested command. */
const mostEdits = 2;

/** The first word may be a command. `run` works without its name and takes no words. Throws ConfigurationError. */
function refuseUnknown(program: Command, args: readonly string[]): void {
  const names = [...program.commands.map((command) => command.name()), 'help'];
  const [first, second] = args;
  if (first === undefined || (first !== 'help' && names.includes(first))) return;
  const word = first === 'help' ? second : firstWordOf(args);
  if (word === undefined || word.startsWith('-') || names.includes(word)) return;
  const meant = closest(word, names);
  const hint = distance(word, meant) <= mostEdits ? ` Did you mean ${meant}?` : '';
  throw new ConfigurationError(
    `There is no command ${JSON.stringify(word)}.${hint} --help lists the commands.`,
  );
}

/** The first argument that is neither an option of `run` nor the value of one. */
function firstWordOf(args: readonly string[]): string | undefined {
  const run = commandLine(async () => undefined).commands.find((command) => command.name() === 'run');
  return run?.parseOptions([...args]).operands[0];
}

/** Every command with its arguments and options; `remember` stores the exit code of the command that is called. */
export function commandLine(remember: Remember): Command {
  const program = new Command('mufi-conformance')
    .description('Conformance suite for the Mufi auth spec.')
    .version(suiteVersion)
    .exitOverride()
    .showHelpAfterError('(try --help)')
    .addHelpText('after', programExitCodeHelp);
  addRunning(program, remember);
  addReplaying(program, remember);
  addPreparing(program, remember);
  addCertifying(program, remember);
  addLookingUp(program, remember);
  addReading(program, remember);
  addPublicKey(program, remember);
  addCompletion(program, remember);
  for (const command of program.commands) command.addHelpText('after', exitCodeHelp(command.name()));
  return program;
}

/** `run` and `plan`: what is sent to a target, and what would be sent. */
function addRunning(program: Command, remember: Remember): void {
  withRunOptions(program.command('run', { isDefault: true }))
    .description('run the matrix against MUFI_BASE_URL, or against the embedded reference server')
    .option('--out <directory>', 'folder for the report', 'reports/latest')
    .option('--shard <i/n>', 'run one of n parts, for merge', parseShard)
    .option('--wait <seconds>', 'wait so long for a target that is still starting', parseSeconds)
    .option('--last-failed', 'only what failed, or could not be decided, in the report in --out')
    .option('--time-limit <minutes>', 'interrupt a run that takes longer; replaces MUFI_TIME_LIMIT')
    .option('--sarif [file]', sarifHelp)
    .option('--watch', 'after the run, run again with each Enter what failed, until q')
    .option('--restart <command>', 'with --watch: starts the server before each run')
    .action((options: RunningArguments) => remember(running(options)));
  withRunOptions(program.command('plan'))
    .description('show what a run would send; sends nothing')
    .action((options: RunArguments) =>
      remember(import('./plan.ts').then(({ planCommand }) => planCommand(options))),
    );
}

type RunningArguments = RunArguments & {
  readonly sarif?: string | true;
  readonly watch?: boolean;
  readonly restart?: string;
};

async function running({ sarif, watch, restart, ...options }: RunningArguments): Promise<number> {
  if (restart !== undefined && watch !== true) {
    throw new ConfigurationError('--restart starts the server for --watch; give both, or none of them.');
  }
  const once = async (args: RunArguments): Promise<number> => {
    const run = (): Promise<number> => import('./run.ts').then(({ runCommand }) => runCommand(args));
    if (sarif === undefined) return run();
    return (await import('./sarif.ts')).runWithSarif(run, args, sarif);
  };
  if (watch !== true) return once(options);
  return (await import('./watch.ts')).watchCommand(options, once, restart);
}

/** `replay`: repeats the scenario of one card of a report. */
function addReplaying(program: Command, remember: Remember): void {
  withTargetOptions(program.command('replay'))
    .argument('<scenario>', 'full id of a scenario, as a card of the report names it')
    .description('repeat all steps of a scenario, key control included, and compare them with the last run')
    .option('--operation <operation>', 'only on this operation, "POST /v1/..."')
    .option('--strict', 'a SHOULD that fails is a failure')
    .option('--anonymous [seed]', 'send nothing that names the suite; replaces MUFI_ANONYMOUS')
    .option('--out <directory>', 'folder of the report of the last time', 'reports/latest')
    .action((scenario: string, options: ReplayArguments) =>
      remember(import('./replay/index.ts').then(({ replayCommand }) => replayCommand(scenario, options))),
    );
}

/** `init` and `doctor`: preparing a run, and checking whether it makes sense. */
function addPreparing(program: Command, remember: Remember): void {
  program
    .command('init')
    .addArgument(new Argument('[job]', 'what it is for').choices(jobs))
    .description('write the files that are missing (.env, workflow, key pair); asks and overwrites nothing')
    .action((job: Job | undefined) =>
      remember(import('./init/index.ts').then(({ initCommand }) => initCommand(job))),
    );
  withTargetOptions(program.command('doctor'))
    .description('ask the target a few questions: does each key work, is key control there, what is missing')
    .action((options: DoctorArguments) =>
      remember(import('./doctor/index.ts').then(({ doctorCommand }) => doctorCommand(options))),
    );
}

/** `certify` and `verify`. */
function addCertifying(program: Command, remember: Remember): void {
  program
    .command('certify')
    .description('run everything; if the target is conformant, sign a certificate with MUFI_CERTIFICATE_KEY')
    .requiredOption(
      '--implementation <file>',
      'YAML or JSON with name, version, contact and url of the implementation',
    )
    .option('--base-url <url>', 'the server you test; replaces MUFI_BASE_URL')
    .option('--profile <list>', 'profiles that must be complete; must include core', parseProfiles)
    .option('--strict', 'a SHOULD that fails is a failure')
    .option('--without <operation>', withoutHelp, addOperation)
    .option('--out <directory>', 'folder for the report and the certificate', 'reports/certificate')
    .action((options: CertifyArguments) =>
      remember(import('./certify.ts').then(({ certifyCommand }) => certifyCommand(options))),
    );
  program
    .command('verify')
    .argument('<folder>', 'the folder that certify wrote')
    .requiredOption('--keys <jwks>', 'JWKS file with the public keys that you trust')
    .description('check a certificate: its signature, its digests, and every verdict again from the evidence')
    .action((folder: string, { keys }: { keys: string }) =>
      remember(import('./verify.ts').then(({ verifyCommand }) => verifyCommand(folder, keys))),
    );
}

/** `list`, `reference` and `forge`: the catalogue, a server that keeps it, and single forged keys. */
function addLookingUp(program: Command, remember: Remember): void {
  program
    .command('list')
    .description('list the requirements and scenarios of the catalogue')
    .option('--json', 'as JSON')
    .option('-g, --grep <pattern>', 'only scenarios whose id or title matches')
    .action((options: { json?: boolean; grep?: string }) =>
      remember(import('./list.ts').then(({ listCommand }) => listCommand(options))),
    );
  program
    .command('reference')
    .description('start the reference server and print what to export')
    .option('--port <number>', 'port on 127.0.0.1; 0 for any free port', parsePort, 4010)
    .option('--fault <id...>', 'faults to switch on (list them with --faults)')
    .option('--tls', 'serve HTTPS, and plain HTTP on a second port')
    .option('--faults', 'list the faults and exit')
    .action((options: { port: number; fault?: string[]; faults?: boolean; tls?: boolean }) =>
      remember(import('./reference.ts').then(({ referenceCommand }) => referenceCommand(options))),
    );
  program
    .command('forge')
    .argument('<scenario>', 'id of a scenario, for example token/signature-verified/zeros')
    .option('--filter <name>', 'spelling of the key that the scenario sends')
    .description('print the forged key of a scenario, only inside $(...); takes keys from the environment')
    .action((scenario: string, options: { filter?: string }) =>
      remember(import('./forge.ts').then(({ forgeCommand }) => forgeCommand(scenario, options))),
    );
}

/** `public-key`: what an attacker can compute from two keys. */
function addPublicKey(program: Command, remember: Remember): void {
  program
    .command('public-key')
    .description('compute the public key of the issuer from two keys, without a request; minutes with RSA')
    .action(() => remember(import('./public-key.ts').then(({ publicKeyCommand }) => publicKeyCommand())));
}

/** `completion`: a script that tells a shell about the other commands. */
function addCompletion(program: Command, remember: Remember): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell that completes').choices(shells))
    .description('print a script that completes commands, options and scenario ids in a shell')
    .action((shell: Shell) =>
      remember(
        import('./completion/index.ts').then(({ completionCommand }) => completionCommand(program, shell)),
      ),
    );
}

/** `compare`, `history` and `merge`: commands that read reports. */
function addReading(program: Command, remember: Remember): void {
  program
    .command('compare')
    .argument('<old>', 'report.json of the earlier run (or of the first target), or its folder')
    .argument('<new>', 'report.json of the later run (or of the second target), or its folder')
    .description('compare two reports: what fails now and did not fail before')
    .addOption(
      new Option('--format <format>', 'output format').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option('--out <file>', 'write to this file instead of the terminal')
    .option('--strict', 'a new warning (a SHOULD that fails) is a regression')
    .action((old: string, now: string, options: CompareArguments) =>
      remember(import('./compare.ts').then(({ compareCommand }) => compareCommand(old, now, options))),
    );
  program
    .command('history')
    .argument('<folder...>', 'folders that are searched for report.json, or report.json files, in any order')
    .description('show what earlier runs found, over time: history.html, history.md and history.json')
    .option('--out <directory>', 'folder for the history', 'reports/history')
    .action((folders: string[], { out }: { out: string }) =>
      remember(import('./history.ts').then(({ historyCommand }) => historyCommand(folders, out))),
    );
  program
    .command('merge')
    .argument('<directory...>', 'folder that run --shard wrote, or a folder of such folders')
    .description('merge the shards of one run into one report')
    .option('--out <directory>', 'folder for the report', 'reports/latest')
    .option('--sarif [file]', sarifHelp)
    .action((directories: string[], options: MergingArguments) => remember(merging(directories, options)));
}

interface MergingArguments {
  readonly out: string;
  readonly sarif?: string | true;
}

async function merging(directories: readonly string[], { out, sarif }: MergingArguments): Promise<number> {
  const { mergeCommand } = await import('./merge.ts');
  const merge = (): Promise<number> => mergeCommand(directories, out);
  return sarif === undefined ? merge() : (await import('./sarif.ts')).runWithSarif(merge, { out }, sarif);
}
