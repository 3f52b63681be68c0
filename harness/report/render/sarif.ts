import { createHash } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import type { Report, RequirementReport } from '../../model/report.ts';
import { type Fix, fixesOf } from '../findings/ranking.ts';
import { asClause, excerpt, oneLine, plainJson, printableDeep } from './text.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Where a result is shown: a file as a URI, and the line of each operation in it. */
export interface SarifPlaces {
  readonly uri: string;
  /** Line numbers start at 1; an operation that is not in the file gets line 1. */
  lineOf(operation: string): number;
}

/**
 * `report.sarif`, version 2.1.0, for code scanning: one rule per requirement, one result per failing operation. Code
 * scanning shows a result only with a place in a file, and an operation has a place only in a document.
 */
export function renderSarif(untrusted: Report, places: SarifPlaces): string {
  const report = printableDeep(untrusted);
  const { failing, known, warning } = fixesOf(report);
  const at = new Map(report.requirements.map(({ id }, index) => [id, index]));
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.suite.name,
            version: report.suite.version,
            rules: report.requirements.map(ruleOf),
          },
        },
        automationDetails: { id: 'mufi-auth/' },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: report.suiteFaults.length === 0 }],
        results: [...failing, ...known, ...warning].flatMap((fix) =>
          fix.hit.map((operation) => resultOf(fix, operation, at.get(fix.requirement.id) ?? 0, places)),
        ),
      },
    ],
  };
  return `${plainJson(JSON.stringify(log, null, 1))}\n`;
}

function ruleOf({ id, title, level, family, advice, source }: RequirementReport): object {
  const link =
    /^https?:\/\//i.test(source.link) && URL.canParse(source.link) ? new URL(source.link).href : undefined;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${level}: ${title} (${source.document}, ${source.section})` },
    help: { text: advice },
    ...defined({ helpUri: link }),
    defaultConfiguration: { level: levelOf(level) },
    properties: { tags: ['security', family] },
  };
}

function levelOf(level: RequirementReport['level']): 'error' | 'warning' {
  return level === 'MUST' ? 'error' : 'warning';
}

function resultOf(fix: Fix, operation: string, ruleIndex: number, { uri, lineOf }: SarifPlaces): object {
  const { requirement, accepted } = fix;
  const block = fix.blocks.find(({ hit }) => hit.includes(operation));
  const outcome = block?.outcomes.find(({ operations }) => operations.includes(operation));
  const sent =
    block === undefined
      ? ''
      : `; ${block.title}: ${outcome?.actual ?? block.actual}, expected ${block.expected}`;
  const text = `${operation}: not kept: ${requirement.title.replace(/\.$/, '')}${sent}. Fix: ${asClause(block?.advice ?? fix.advice)}.`;
  const fingerprint = createHash('sha256').update(`${requirement.id} @ ${operation}`).digest('hex');
  return {
    ruleId: requirement.id,
    ruleIndex,
    level: requirement.verdict === 'warn' ? 'warning' : 'error',
    message: { text: withoutLinks(excerpt(oneLine(text), 2000)) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: lineOf(operation) } },
        logicalLocations: [{ fullyQualifiedName: operation }],
      },
    ],
    partialFingerprints: { 'requirementAndOperation/v1': fingerprint },
    ...(requirement.verdict === 'known'
      ? {
          suppressions: [
            {
              kind: 'external',
              justification: accepted
                .map(({ reason, owner, expires }) => `${reason} (${owner}, until ${expires})`)
                .join('; '),
            },
          ],
        }
      : {}),
  };
}

/** Brackets would turn an answer of a target into a link. */
function withoutLinks(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}
