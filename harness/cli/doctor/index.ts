import { catalogue } from '../../../specs/requirements/index.ts';
import { configuredSecrets } from '../../engine/configuration/configuration.ts';
import { ConfigurationError } from '../../engine/configuration/configuration-error.ts';
import { type Examination, examineTarget } from '../../engine/preflight/examine.ts';
import { exitCodes, type RunOptions, type TargetConfiguration } from '../../model/index.ts';
import { sentenceOf } from '../../report/render/reasons/index.ts';
import { count, figure, inLog, oneLine, sentence } from '../../report/render/text.ts';
import { checkInput, type RunArguments } from '../run.ts';
import { tableOf } from '../table.ts';
import { type JudgedKey, judgeKey, judgeProjects, type Remark } from './keys.ts';
import { judgeOperations, operationsLine } from './operations.ts';
import { profileLines } from './profiles.ts';

/** Options of `doctor`, as the command line passes them. */
export type DoctorArguments = Pick<
  RunArguments,
  'baseUrl' | 'mode' | 'without' | 'openapi' | 'allowProduction'
>;

/**
 * Asks a target a few questions before a run: one request with each key, one to key control, and the read operations.
 * Exit code 0: a run makes sense; 3: a setting is wrong; 2: this could not be determined.
 */
export async function doctorCommand(args: DoctorArguments): Promise<number> {
  const { target, options } = await checkInput({ ...args, depth: 'full' });
  const { baseUrl } = target;
  if (baseUrl === undefined) {
    throw new ConfigurationError(
      'No server is named, so there is nothing to look at; set MUFI_BASE_URL, or give --base-url.',
    );
  }
  const inputs = { target, baseUrl, options, catalogue };
  const seen = await examineTarget(inputs, configuredSecrets(process.env, '.env'));
  if (seen.unreachable !== undefined) {
    process.stdout.write(inLog(`${sentence(oneLine(sentenceOf(seen.unreachable)))}\n`));
    return exitCodes.inconclusive;
  }
  const keys = seen.keys.map((key) => [key, judgeKey(key, Date.now())] as const);
  const remarks = [
    ...keys.flatMap(([, { remarks: own }]) => own),
    ...judgeProjects(seen.keys),
    ...judgeControl(seen),
    ...judgeOperations(seen),
  ];
  const lines = [
    `target        ${baseUrl} answers; the slowest of ${count(seen.requests, 'request')} took ${figure(Math.round(seen.slowestMs))} ms, and ${figure(target.timeoutMs)} ms are allowed`,
    `key control   ${controlInWords(seen, target, options)}`,
    `operations    ${operationsLine(seen, target, options)}`,
    '',
    ...keyTable(keys),
    '',
    'What a run could test:',
    ...profileLines(target, options, featuresOf(seen)),
    '',
    'Not looked at: write operations, how fast a revoked key stops working, the public key, replicas and HTTPS. A run does.',
    '',
    ...remarks.map(({ sentence: said }) => said),
    conclusionOf(remarks),
  ];
  process.stdout.write(inLog(`${lines.join('\n')}\n`));
  return exitCodeOf(remarks);
}

function keyTable(keys: readonly (readonly [Examination['keys'][number], JudgedKey])[]): string[] {
  return tableOf([
    ['variable', 'answer', 'key', 'permission', 'project', 'algorithm', 'expires'],
    ...keys.map(([{ variable, status, says }, { state, permission }]) => [
      variable,
      status === undefined ? 'none' : String(status),
      state,
      permission,
      says.project ?? 'not said',
      says.algorithm ?? 'not said',
      expiryInWords(says.expires),
    ]),
  ]);
}

function expiryInWords(expires: number | undefined): string {
  if (expires === undefined) return 'never';
  const date = new Date(expires * 1000);
  if (Number.isNaN(date.getTime())) return 'not a date';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function featuresOf({ control }: Examination): readonly string[] {
  return control !== undefined && 'features' in control ? control.features : [];
}

function controlInWords({ control }: Examination, target: TargetConfiguration, { mode }: RunOptions): string {
  if (target.control === undefined) return 'none is configured';
  if (control === undefined) return `not asked: mode ${mode} does not use it`;
  if ('because' in control) return 'is configured and does not work';
  const { name, version } = control.implementation;
  const features = control.features.map(oneLine).join(', ');
  return `${oneLine(name)} ${oneLine(version)} answers; ${features === '' ? 'it lists no features' : `it offers ${features}`}`;
}

/** If key control answers with a rejection, its settings are wrong; if it does not answer, it may still be starting. */
function judgeControl({ control }: Examination): Remark[] {
  if (control === undefined || !('because' in control)) return [];
  const gravity = control.status === undefined ? 'undecided' : 'configuration';
  return [{ gravity, sentence: sentence(oneLine(sentenceOf(control.because))) }];
}

function exitCodeOf(remarks: readonly Remark[]): number {
  if (remarks.some(({ gravity }) => gravity === 'configuration')) return exitCodes.broken;
  return remarks.some(({ gravity }) => gravity === 'undecided') ? exitCodes.inconclusive : exitCodes.done;
}

function conclusionOf(remarks: readonly Remark[]): string {
  const code = exitCodeOf(remarks);
  if (code === 0) return 'A run is worth it.';
  return code === exitCodes.broken
    ? 'Fix this before a run: it would say little about the server.'
    : 'Nobody can say yet whether a run is worth it.';
}
