import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from './expressions.ts';
import type { Machine } from './machine.ts';

/** What other people's actions do here; throws if the action would fail. */
type Action = (machine: Machine, workspace: string, given: Texts) => void;

/** The actions of other people that our workflows use. */
const actions: Readonly<Record<string, Action>> = {
  'actions/checkout': (machine, workspace, given) => machine.checkout(workspace, given),
  'actions/setup-node': () => undefined,
  'actions/upload-artifact': ({ artifacts }, workspace, given) => {
    const { name = '', path = '', overwrite, 'if-no-files-found': without } = given;
    const [from, to] = [join(workspace, path), join(artifacts, name)];
    if (!existsSync(from) || readdirSync(from).length === 0) {
      if (without === 'error') throw new Error(`No files were found with the provided path: ${path}`);
      return;
    }
    if (existsSync(to) && overwrite !== 'true')
      throw new Error(`an artifact with the name ${name} already exists`);
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  },
  'actions/download-artifact': ({ artifacts }, workspace, { name, pattern = '', path = '.' }) => {
    const to = join(workspace, path);
    if (name !== undefined) {
      if (!existsSync(join(artifacts, name))) throw new Error(`Artifact not found for name: ${name}`);
      return cpSync(join(artifacts, name), to, { recursive: true });
    }
    const [before = '', after = ''] = pattern.split('*');
    for (const one of readdirSync(artifacts)) {
      if (one.startsWith(before) && one.endsWith(after)) {
        cpSync(join(artifacts, one), join(to, one), { recursive: true });
      }
    }
  },
  'github/codeql-action/upload-sarif': ({ state, scanned }, workspace, { sarif_file: file = '' }) => {
    if (state.forbidden?.includes('code-scanning/'))
      throw new Error('Resource not accessible by integration');
    if (!existsSync(join(workspace, file))) throw new Error(`Path does not exist: ${file}`);
    cpSync(join(workspace, file), scanned);
  },
  'actions/attest-build-provenance': (_machine, workspace, { 'subject-path': paths = '' }) => {
    const missing = paths
      .trim()
      .split('\n')
      .filter((path) => !existsSync(join(workspace, path)));
    if (missing.length > 0) throw new Error(`Could not find subject at path ${missing.join(', ')}`);
  },
};

/** Does what another author's action would do. */
export function act(machine: Machine, workspace: string, uses: string, given: Texts): void {
  const action = actions[uses.replace(/@.*$/, '')];
  if (action === undefined) throw new Error(`no test knows what ${uses} does`);
  action(machine, workspace, given);
}
