import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { Expression, Tree, TreeMap } from './read.ts';

/** The contexts that an expression may read, as plain data. */
export type Contexts = Readonly<Record<string, unknown>>;
export type Texts = Readonly<Record<string, string>>;

/** The results of the status functions in a condition. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
}

const fine: Status = { success: true, failure: false };

/** The value of an expression; throws if it reads a context that does not exist. */
export function evaluate(expression: string, contexts: Contexts, status: Status = fine): unknown {
  const found = evaluated(expression, contexts, status);
  return JSON.parse(JSON.stringify(found, data.replacer));
}

/** Whether a condition holds; without one, whether everything succeeded. */
export function holds(condition: Tree | undefined, contexts: Contexts, status: Status): boolean {
  const { expression } = (condition ?? { expression: 'success()' }) as Expression;
  const value = evaluate(expression, contexts, status);
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** A part of a workflow with its expressions evaluated. */
export function resolved(tree: Tree, contexts: Contexts): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (isExpression(tree)) return evaluate(tree.expression, contexts);
  if (isList(tree)) return tree.map((item) => resolved(item, contexts));
  return Object.fromEntries(Object.entries(tree).map(([name, item]) => [name, resolved(item, contexts)]));
}

/** The same for `env` or `with`, where every value becomes a text. */
export function texts(tree: Tree | undefined, contexts: Contexts): Texts {
  const entries = Object.entries((tree ?? {}) as TreeMap);
  return Object.fromEntries(entries.map(([name, item]) => [name, textOf(item, contexts)]));
}

/** One of these values. */
export function textOf(tree: Tree, contexts: Contexts): string {
  if (typeof tree === 'object' && tree !== null && isExpression(tree)) {
    return evaluated(tree.expression, contexts, fine).coerceString();
  }
  return tree === null ? '' : `${tree as string | number | boolean}`;
}

function evaluated(expression: string, contexts: Contexts, { success, failure }: Status) {
  const says = { success, failure, cancelled: false, always: true };
  const functions = Object.entries(says).map(([name, value]) => {
    return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) };
  });
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known: data.ExpressionData = JSON.parse(JSON.stringify(contexts), data.reviver);
  const byName = new Map(functions.map((one) => [one.name, one]));
  return new Evaluator(tree, known as data.Dictionary, byName).evaluate();
}

function isExpression(tree: Expression | readonly Tree[] | TreeMap): tree is Expression {
  return 'expression' in tree && typeof tree.expression === 'string';
}

function isList(tree: readonly Tree[] | TreeMap): tree is readonly Tree[] {
  return Array.isArray(tree);
}
