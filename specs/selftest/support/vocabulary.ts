import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The words of a union of string literals in `harness/model/`, read from its source; other members are ignored. */
export function wordsOf(file: string, type: string): string[] {
  const path = new URL(`../../../harness/model/${file}.ts`, import.meta.url);
  const source = ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const alias = source.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === type,
  );
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias) || !ts.isUnionTypeNode(alias.type)) {
    throw new Error(`harness/model/${file}.ts has no union ${type}`);
  }
  return alias.type.types.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
}
