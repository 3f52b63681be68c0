import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { suiteVersion } from '../pipeline/suite.ts';
import { NotWritten } from '../report/write.ts';
import { ConfigurationError } from '../target/configuration-error.ts';
import { addCertify } from './certify.ts';
import { addCompare } from './compare.ts';
import { forgeCommand } from './forge.ts';
import { listCommand } from './list.ts';
import { addMerge } from './merge.ts';
import { parseProfiles } from './parse.ts';
import { planCommand } from './plan.ts';
import { type RunArguments, runCommand } from './run.ts';
import { addVerify } from './verify.ts';

/** The exit code for a run that is broken: configuration, harness fault, zero cells. */
const broken = 3;

/** The command line. `run` takes the arguments after the program name and answers the exit code. */
export function createProgram(): { run(args: readonly string[]): Promise<number> } {
  let exitCode = 0;
  const remember = (work: Promise<number>): Promise<void> =>
    work.then((code) => {
      exitCode = code;
    });
  const program = new Command('mufi-conformance')
    .description('Conformance suite for the Mufi auth spec.')
    .version(suiteVersion)
    .exitOverride()
    .showHelpAfterError('(try --help)');

  withRunOptions(program.command('run', { isDefault: true }))
    .description('run the matrix against MUFI_BASE_URL, or against the embedded reference server')
    .option('--out <directory>', 'where the report is written', 'reports/latest')
    .option('--shard <i/n>', 'run one of n parts', parseShard)
    .action((options: RunArguments) => remember(runCommand(options)));
  withRunOptions(program.command('plan'))
    .description('show what a run would send, without sending anything')
    .action((options: RunArguments) => remember(planCommand(options)));
  addCertify(program, remember);
  addVerify(program, remember);
  program
    .command('list')
    .description('list the requirements and scenarios of the catalogue')
    .option('--json', 'as JSON')
    .option('-g, --grep <pattern>', 'only scenarios whose id or title matches')
    .action((options: { json?: boolean; grep?: string }) => remember(listCommand(options)));
  program
    .command('reference')
    .description('start the reference server and print what to export')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', parsePort, 4010)
    .option('--fault <id...>', 'misbehave in these ways (list them with --faults)')
    .option('--tls', 'serve HTTPS, with a plain HTTP address beside it')
    .option('--faults', 'list the faults and exit')
    .action((options: { port: number; fault?: string[]; faults?: boolean; tls?: boolean }) =>
      remember(import('./reference.ts').then(({ referenceCommand }) => referenceCommand(options))),
    );
  program
    .command('forge')
    .argument('<scenario>', 'id of a scenario, for example token/signature-verified/zeros')
    .option('--filter <name>', 'spelling that the presentation of the scenario asks for')
    .description(
      'print the forged key of a scenario into a command substitution; keys come from the environment',
    )
    .action((scenario: string, options: { filter?: string }) => remember(forgeCommand(scenario, options)));
  addCompare(program, remember);
  addMerge(program, remember);

  return {
    async run(args) {
      try {
        await program.parseAsync(args, { from: 'user' });
        return exitCode;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : broken;
        if (error instanceof ConfigurationError || error instanceof NotWritten) {
          process.stderr.write(`${error.message}\n`);
          return broken;
        }
        // Left to Node this would end with 1, which stands for a target that breaks the contract.
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        return broken;
      }
    },
  };
}

function withRunOptions(command: Command): Command {
  return command
    .option('--base-url <url>', 'the target, in place of MUFI_BASE_URL')
    .addOption(new Option('--profile <list>', 'profiles that have to be complete').argParser(parseProfiles))
    .addOption(
      new Option('--depth <depth>', 'operations a scenario').choices(['quick', 'full']).default('full'),
    )
    .addOption(
      new Option('--mode <mode>', 'what may be sent')
        .choices(['observe', 'reject-only', 'full'])
        .default('full'),
    )
    .option('--strict', 'a SHOULD that fails is a failure')
    .option('--openapi <file>', 'a stricter OpenAPI 3.1 document')
    .option('--baseline <file>', 'known failures that do not gate')
    .option('--allow-production <host>', 'repeat the production host to let the suite look at it')
    .option('-g, --grep <pattern>', 'only scenarios whose id or title matches');
}

function parseShard(text: string): string {
  const [, index, total] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  if (Number(index) <= Number(total)) return text;
  throw new InvalidArgumentError('it has to look like 2/4.');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('it has to be a number from 0 to 65535.');
}
