import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cli.ts';
import type { FakeState } from '../fake-gh.ts';
import { repositoryFiles, root } from '../imports.ts';
import type { Contexts, Texts } from './expressions.ts';
import { suiteRepository } from './read.ts';

/** GitHub as one run of a workflow sees it: the caller, the settings, and the disks. */
export interface Setting {
  /** "owner/name" of the repository whose workflow runs. */
  readonly repository: string;
  /** Its files, by path. */
  readonly files?: Texts;
  readonly event?: string;
  readonly payload?: Contexts;
  readonly vars?: Texts;
  readonly secrets?: Texts;
  /** Variables and secrets by environment. */
  readonly environments?: Readonly<Record<string, { readonly vars: Texts; readonly secrets: Texts }>>;
  /** The runner does not know `job.workflow_repository`. */
  readonly old?: true;
  /** The repository of the suite is private: only this token can read it. */
  readonly suiteToken?: string;
  readonly runId?: string;
  /** What `gh` finds. */
  readonly gh?: Partial<FakeState>;
}

export const tokenOfTheRun = 'token-of-the-run';

/** The disks and programs of a run, in a folder of the test. */
export class Machine {
  readonly folder: string;
  readonly setting: Setting;
  readonly #state: string;
  readonly #bin: string;
  #jobs = 0;

  constructor(folder: string, setting: Setting) {
    this.folder = folder;
    this.setting = setting;
    this.#state = join(folder, 'gh.json');
    this.#bin = join(folder, 'bin');
    mkdirSync(this.#bin, { recursive: true });
    mkdirSync(this.artifacts, { recursive: true });
    const empty = { issues: [], runs: [], labels: [], calls: [], comments: [], artifacts: [] };
    writeFileSync(this.#state, JSON.stringify({ ...empty, repository: setting.repository, ...setting.gh }));
    const gh = [process.execPath, '--import', import.meta.resolve('tsx'), fakeGhProgram];
    this.#program('gh', `exec ${gh.map((word) => `'${word}'`).join(' ')} "$@"`);
    // What `npm ci` would install already exists.
    this.#program('npm', `[ "$1" = ci ] && ln -s '${join(root, 'node_modules')}' node_modules`);
  }

  /** A folder for each artifact, by name. */
  get artifacts(): string {
    return join(this.folder, 'artifacts');
  }

  /** What was uploaded to code scanning. */
  get scanned(): string {
    return join(this.folder, 'scanned.sarif');
  }

  get state(): FakeState {
    return JSON.parse(readFileSync(this.#state, 'utf8'));
  }

  /** Takes permissions away from the token of the job. */
  forbid(forbidden: readonly string[]): void {
    writeFileSync(this.#state, JSON.stringify({ ...this.state, forbidden }));
  }

  /** An empty disk for a job. */
  workspace(): string {
    this.#jobs += 1;
    const path = join(this.folder, `job-${this.#jobs}`);
    mkdirSync(path);
    return path;
  }

  /** What `actions/checkout` does; throws if it would fail. */
  checkout(
    workspace: string,
    { repository = this.setting.repository, path = '.', token = tokenOfTheRun }: Texts,
  ): void {
    const target = join(workspace, path);
    const { files = {}, suiteToken = token, repository: own } = this.setting;
    if (repository === suiteRepository) {
      if (own !== suiteRepository && token !== suiteToken) throw new Error('remote: Repository not found.');
      for (const file of repositoryFiles()) cpSync(join(root, file), join(target, file), { recursive: true });
    } else if (repository !== own) throw new Error('remote: Repository not found.');
    for (const [name, text] of Object.entries(repository === own ? files : {})) {
      mkdirSync(dirname(join(target, name)), { recursive: true });
      writeFileSync(join(target, name), text);
    }
  }

  /** Runs a script as the runner does; returns how it ended and what it wrote. */
  async bash(workspace: string, script: string, environment: Texts, at: string) {
    const files = Object.fromEntries(
      ['OUTPUT', 'ENV', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(this.folder, `${at}-${name}`)]),
    );
    for (const file of Object.values(files)) writeFileSync(file, '');
    const path = join(this.folder, `${at}.sh`);
    writeFileSync(path, script);
    const how = await run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', path], {
      cwd: workspace,
      environment: {
        ...environment,
        ...files,
        FAKE_GH_STATE: this.#state,
        PATH: `${this.#bin}${delimiter}${process.env.PATH}`,
      },
    });
    return { ...how, outputs: written(files.GITHUB_OUTPUT), env: written(files.GITHUB_ENV) };
  }

  #program(name: string, line: string): void {
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
}

const fakeGhProgram = fileURLToPath(new URL('../fake-gh-cli.ts', import.meta.url));

/** The lines `name=value` of a file that a step wrote. */
function written(file = ''): Texts {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}
