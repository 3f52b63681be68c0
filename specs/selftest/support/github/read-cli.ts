/**
 * Reads workflows and actions with GitHub's own packages, which Playwright's loader cannot load: JSON `[{path, text}]`
 * on stdin, `ReadFile[]` on stdout. If one of them calls a workflow of ours, that is read from the repository.
 */
import { text as textFrom } from 'node:stream/consumers';
import { validate } from '@actions/languageservice';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { ensureStatusFunction } from '@actions/workflow-parser/model/converter/if-condition';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { textOf } from '../imports.ts';
import { type ReadFile, suiteRepository, type Tree } from './read.ts';

const files = JSON.parse(await textFrom(process.stdin)) as readonly { path: string; text: string }[];
process.stdout.write(JSON.stringify(await Promise.all(files.map(read))));

async function read({ path, text }: { path: string; text: string }, at: number): Promise<ReadFile> {
  const file = { name: path, content: text };
  const trace = new NoOperationTraceWriter();
  const { context, value } = /action\.ya?ml$/.test(path)
    ? parseAction(file, trace)
    : parseWorkflow(file, trace);
  const errors = context.errors.getErrors().map(({ message }) => message);
  return {
    errors,
    diagnostics: await diagnosticsOf(`${at}/${path}`, text),
    tree: value === undefined ? null : treeOf(value),
  };
}

/** The service caches by address, so no two files may have the same. */
async function diagnosticsOf(path: string, text: string): Promise<string[]> {
  const document = { uri: `file:///${path}`, getText: () => text } as Parameters<typeof validate>[0];
  const found = await validate(document, {
    fileProvider: {
      getFileContent: async (reference) => {
        const own =
          'repository' in reference && `${reference.owner}/${reference.repository}` === suiteRepository;
        if (!own) throw new Error('not a workflow of ours');
        return { name: reference.path, content: textOf(reference.path) };
      },
    },
  });
  return found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}

/** An expression as `{ expression }`; one in an `if` always contains a status function, as GitHub adds it. */
function treeOf(token: TemplateToken, key = ''): Tree {
  if (key === 'if' && (isBasicExpression(token) || isString(token))) {
    const condition = isString(token) ? token.value : token.expression;
    return { expression: ensureStatusFunction(condition, token.definitionInfo) };
  }
  if (isBasicExpression(token)) return { expression: token.expression };
  if (isSequence(token)) return [...token].map((item) => treeOf(item));
  if (isMapping(token)) {
    return Object.fromEntries(
      [...token].map(({ key: name, value }) => [`${name}`, treeOf(value, `${name}`)]),
    );
  }
  return isString(token) || isNumber(token) || isBoolean(token) ? token.value : null;
}
