import { actionFolder } from './action.ts';
import { importsOf, textOf } from './imports.ts';

/** Our scripts that a shell text runs. */
export function scriptsIn(run: string): string[] {
  const files = [...run.matchAll(/\.github\/scripts\/[\w-]+\.(?:sh|ts)/g)].map(([name]) => name);
  return run.includes('"$ACTION_PATH/run.sh"') ? [...files, `${actionFolder}/run.sh`] : files;
}

/** The variables that a shell text and its scripts read from the environment. */
export function variablesReadBy(run: string): string[] {
  const files = withCalled(scriptsIn(run));
  const read = files.flatMap((file) => (file.endsWith('.ts') ? readByTs(file) : readBySh(codeOf(file))));
  return [...new Set([...readBySh(run), ...read])];
}

/** The outputs that a shell text writes through its scripts. */
export function outputsWrittenBy(run: string): string[] {
  const lines = withCalled(scriptsIn(run)).flatMap((file) => codeOf(file).split('\n'));
  return lines
    .filter((line) => line.includes('GITHUB_OUTPUT'))
    .flatMap((line) => [...line.matchAll(/(?:['`]|\\n)([a-z][a-z-]*)=/g)].map(([, name = '']) => name));
}

/** How many arguments the usage of a script names. */
export function argumentsOf(file: string): number {
  const [, usage = ''] = /^(?:#| \*) usage: \S+ (.*)$/m.exec(textOf(file)) ?? [];
  return (usage.match(/<[^>]*>|"[^"]*"/g) ?? []).length;
}

/** Scripts, including those that they run or import. */
function withCalled(files: readonly string[]): string[] {
  const all = new Set(files);
  for (const file of all) {
    const called = file.endsWith('.ts') ? importsOf(file) : scriptsIn(codeOf(file));
    for (const one of called) if (one.startsWith('.github/')) all.add(one);
  }
  return [...all];
}

/** The text of a script without its comments. */
function codeOf(file: string): string {
  const comments = file.endsWith('.ts') ? /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm : /^\s*#.*$/gm;
  return textOf(file).replace(comments, '');
}

function readBySh(code: string): string[] {
  const names = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map(([, name = '']) => name);
  const own = names(/(?<![\w$])([A-Z][A-Z0-9_]*)=/g);
  return names(/\$\{?([A-Z][A-Z0-9_]*)/g).filter((name) => !own.includes(name) && !name.startsWith('BASH_'));
}

/** A script that calls `gh` needs its token. */
function readByTs(file: string): string[] {
  const code = codeOf(file);
  const single = [...code.matchAll(/(?:\bvariable\('|\bprocess\.env(?:\.|\['))([A-Z][A-Z0-9_]*)/g)];
  const several = [...code.matchAll(/\{([^{}]*)\}\s*=\s*process\.env\b/g)];
  const taken = several.flatMap(([, names = '']) => names.match(/\b[A-Z][A-Z0-9_]*\b/g) ?? []);
  const token = /import \{[^}]*\bgh\b[^}]*\} from '\.\/gh\.ts'/.test(code) ? ['GH_TOKEN'] : [];
  return [...single.map(([, name = '']) => name), ...taken, ...token];
}
