import { exitCodes } from '../model/index.ts';

type Outcome = keyof typeof exitCodes;
/** What the outcomes of a command mean, in the order in which they are listed. */
type Meanings = Partial<Readonly<Record<Outcome, string>>>;

const broken = 'wrong configuration or a fault of the suite; says nothing about the server';

const ofRun: Meanings = {
  conformant: 'conformant: every MUST of every claimed profile passes',
  nonconformant: 'nonconformant: at least one MUST fails; with --strict also a SHOULD',
  partial: 'partial or inconclusive: a claimed MUST was not tested, or could not be decided',
  broken: `broken: ${broken}`,
};

/** Commands that judge something; every other one ends with `ofOthers`. */
const ofCommands: Readonly<Record<string, Meanings>> = {
  run: ofRun,
  merge: ofRun,
  certify: {
    ...ofRun,
    conformant: 'conformant, and the certificate is signed',
    broken: `broken: no certificate; ${broken}`,
  },
  replay: {
    conformant: 'the scenario passes, or is a SHOULD that fails without --strict',
    nonconformant: 'the scenario fails',
    partial: 'the scenario was not tested, or could not be decided',
    broken,
  },
  doctor: {
    conformant: 'a run is worth it',
    inconclusive: 'nobody can say yet whether a run is worth it',
    broken: 'the configuration is wrong; a run would say little about the server',
  },
  plan: {
    conformant: 'a run would send something; nothing was sent',
    broken: 'a run would send nothing, or the configuration is wrong',
  },
  'public-key': {
    conformant: 'the line with the public key is printed',
    inconclusive: 'the two keys do not show their public key',
    broken: 'the configuration is wrong',
  },
  compare: {
    'no-regression': 'nothing is worse',
    regression: 'something is worse; with --strict also a new warning',
    undecided: 'something could not be decided any more, or is not tested any more',
    broken: 'a report cannot be read',
  },
  verify: {
    conformant: 'the certificate holds',
    nonconformant: 'the certificate does not hold',
    broken: 'it could not be checked: the folder or the keys cannot be read',
  },
};
const ofOthers: Meanings = {
  conformant: 'done',
  broken: 'wrong arguments or configuration, or a fault of the suite',
};

/** The exit codes of a command, to stand below its help. */
export function exitCodeHelp(command: string, title = 'Exit codes'): string {
  const meanings = Object.entries(ofCommands[command] ?? ofOthers) as [Outcome, string][];
  const lines = meanings.map(([outcome, meaning]) => `  ${exitCodes[outcome]}  ${meaning}`);
  return `\n${title}:\n${lines.join('\n')}`;
}

/** Those of a run, which the help of the whole program shows, and where the others are. */
export const programExitCodeHelp = `${exitCodeHelp('run', 'Exit codes of run, merge and certify')}

Without the URL of a server, run is a demo against the embedded reference server.

The help of each command lists its exit codes: mufi-conformance help doctor.`;
