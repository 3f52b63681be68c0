import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { operationThat } from '../../engine/matrix/operations/index.ts';
import { compiledTo, exitCodes, spokenCommand } from '../../model/index.ts';
import { WriteFailure, whyNotWritten } from '../../report/output-directory.ts';
import { inLog } from '../../report/render/text.ts';
import { dotenvTemplate } from './dotenv.ts';
import type { Job } from './jobs.ts';
import { createKeyPair, publicTextOf } from './key-pair.ts';
import { workflowFile, workflowTemplate } from './workflows.ts';

/** A file that a job needs, and what the user fills in. */
interface WantedFile {
  readonly file: string;
  readonly text: string;
  /** Only its owner may read it, and git must ignore it. */
  readonly secret?: true;
  readonly next?: string;
}

const keyFile = 'certificate-key.json';
const publicFile = 'jwks.json';
const ignored = ['.env', keyFile, 'reports/'];

const implementation = `# Who is certified. Fill in name, version and contact; url and without are optional.
name:
version:
contact:
# url: https://example.com
# without: ["${operationThat('moves', 'item').id}"]
`;

/** Writes the missing files of a job and says what to fill in. Overwrites nothing and asks nothing. */
export async function initCommand(job: Job | undefined): Promise<number> {
  const written: WantedFile[] = [];
  const kept: string[] = [];
  for (const wanted of wantedFor(job)) {
    if (await writeNew(wanted)) written.push(wanted);
    else kept.push(wanted.file);
  }
  const lines = [
    ...written.map(
      ({ file, secret }) => `written  ${file}${secret === undefined ? '' : ' (only you can read it)'}`,
    ),
    ...kept.map((file) => `kept     ${file} (it was there)`),
    '',
    'Next:',
    ...stepsOf(job, written).map((step, index) => `${index + 1}. ${step}`),
  ];
  process.stdout.write(inLog(`${lines.join('\n')}\n`));
  return exitCodes.done;
}

function wantedFor(job: Job | undefined): WantedFile[] {
  const common: WantedFile[] = [
    { file: '.gitignore', text: `${ignored.join('\n')}\n` },
    {
      file: '.env',
      text: dotenvTemplate(),
      secret: true,
      next: 'Set MUFI_BASE_URL, MUFI_WRITE_KEY and MUFI_READ_KEY in .env; use a project for tests.',
    },
  ];
  if (job === undefined) return common;
  const workflow: WantedFile = {
    file: workflowFile(job),
    text: workflowTemplate(job),
    next: `Read ${workflowFile(job)}; it needs mufi-auth-conformance among the dev dependencies, and the same variables as settings of the repository on GitHub (keys and tokens as secrets).`,
  };
  if (job !== 'vendor') return [...common, workflow];
  return [
    ...common,
    { file: 'implementation.yaml', text: implementation, next: 'Say in implementation.yaml who you are.' },
    ...wantedKeys(),
    workflow,
  ];
}

/** A new key pair, or the public half of an existing private key. */
function wantedKeys(): WantedFile[] {
  const next = `Publish ${publicFile}; sign with: export MUFI_CERTIFICATE_KEY="$(cat ${keyFile})"`;
  if (!existsSync(keyFile) && !existsSync(publicFile)) {
    const { privateText, publicText } = createKeyPair();
    return [
      { file: keyFile, text: privateText, secret: true, next },
      { file: publicFile, text: publicText },
    ];
  }
  const kept = [keyFile, publicFile].map((file) => ({ file, text: '' }));
  if (existsSync(keyFile) && existsSync(publicFile)) return kept;
  try {
    return [...kept.slice(0, 1), { file: publicFile, text: publicTextOf(readFileSync(keyFile, 'utf8')) }];
  } catch {
    throw new WriteFailure(
      `${publicFile} is there and ${keyFile} is not, or cannot be used; bring back the private key, or move ${publicFile} away to make a new pair.`,
    );
  }
}

/** False if a file of this name exists. */
async function writeNew({ file, text, secret }: WantedFile): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx', ...(secret === undefined ? {} : { mode: 0o600 }) });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new WriteFailure(`${file} cannot be written: ${whyNotWritten(error)}.`);
  }
}

function stepsOf(job: Job | undefined, written: readonly WantedFile[]): string[] {
  const lines = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8').split(/\r?\n/) : [];
  const secrets = job === 'vendor' ? ['.env', keyFile] : ['.env'];
  const missing = secrets.filter((file) => !lines.some((line) => line.replace(/^\//, '').trim() === file));
  return [
    ...(missing.length === 0
      ? []
      : [`Add ${missing.join(' and ')} to .gitignore: keys do not belong in git.`]),
    ...written.flatMap(({ next }) => next ?? []),
    `Ask the server whether a run is worth it: ${spokenCommand('doctor')}`,
    `Then run it: ${spokenCommand(compiledTo === 'dist' ? 'run' : 'conformance')}`,
    ...(job === 'vendor'
      ? [`When it is conformant: ${spokenCommand('certify', '--implementation implementation.yaml')}`]
      : []),
  ];
}
