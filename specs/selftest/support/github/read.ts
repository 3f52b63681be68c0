import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from '../imports.ts';

/** The name of the suite's repository in the examples of `.github/WORKFLOWS.md`. */
export const suiteRepository = 'OWNER/mufi-auth-conformance';

/** An expression of GitHub, without its `${{ }}`; a text with several becomes one call of `format`. */
export interface Expression {
  readonly expression: string;
}

/** The content of a workflow. */
export type Tree = null | string | number | boolean | Expression | readonly Tree[] | TreeMap;
export interface TreeMap {
  readonly [name: string]: Tree;
}

/** A workflow or an action as GitHub's packages read it. */
export interface ReadFile {
  /** Errors of the parser. */
  readonly errors: readonly string[];
  /** Complaints of the language service. */
  readonly diagnostics: readonly string[];
  readonly tree: Tree;
}

/** Reads workflows and actions: `[path, text]` each. */
export function readFiles(files: readonly (readonly [path: string, text: string])[]): ReadFile[] {
  const program = fileURLToPath(new URL('read-cli.ts', import.meta.url));
  const input = JSON.stringify(files.map(([path, text]) => ({ path, text })));
  const args = ['--import', import.meta.resolve('tsx'), program];
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(output);
}

const trees = new Map<string, TreeMap>();

/** A workflow or an action; throws if GitHub's packages report any problem. */
export function treeOf(path: string, text: string): TreeMap {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const [file] = readFiles([[path, text]]);
  if (file === undefined) throw new Error(`${path} was not read`);
  const wrong = [...file.errors, ...file.diagnostics];
  if (wrong.length > 0) throw new Error(`${path}: ${wrong.join('; ')}`);
  const tree = file.tree as TreeMap;
  trees.set(text, tree);
  return tree;
}
