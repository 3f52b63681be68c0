import type { FrontEnd } from '../../../harness/proof/fronts/model.ts';
import { type StartOptions, startFront } from '../../../harness/proof/fronts/start.ts';
import { runEngine } from '../../../harness/proof/kill-matrix/engine.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { catalogue } from '../../requirements/index.ts';
import { requirementsThat } from './engine.ts';

/** Faults of a second node that does not learn when a key is revoked. */
export const staleNode: ReferenceOptions = { faults: ['replica-misses-revocation'] };

/** Why a front end is skipped. */
export function notTried(front: Pick<FrontEnd, 'package'>): string {
  return `not tried: the Debian package ${front.package} is not installed`;
}

/** The result of the whole matrix, at depth quick, against a reference server behind a front end. */
export interface BehindFront {
  readonly exitCode: number;
  readonly reason: string;
  /** The first requirement in the report. */
  readonly first: string | undefined;
  /** One line for each requirement that could not be decided, and the cause that stopped the run. */
  readonly undecided: readonly string[];
  readonly warned: readonly string[];
}

/** Starts a reference server and a front end in front of it, runs the matrix through it, and stops both. */
export async function behindFront(
  front: FrontEnd,
  options: StartOptions,
  reference: ReferenceOptions = {},
): Promise<BehindFront> {
  const server = await startReference(reference);
  try {
    const running = await startFront(front, server, options);
    try {
      const report = await runEngine(running.environment, {
        catalogue,
        depth: 'quick',
        atATime: 4,
      });
      return {
        exitCode: exitCodeOf(report),
        reason: report.reason,
        first: fixesOf(report).failing[0]?.requirement.id,
        undecided: [
          ...(report.cause === undefined ? [] : [report.cause]),
          ...report.requirements
            .filter(({ verdict }) => verdict === 'inconclusive')
            .map(({ id, reason = '' }) => `${id}: ${reason}`),
        ],
        warned: requirementsThat(report, 'warn'),
      };
    } finally {
      await running.close();
    }
  } finally {
    await server.close();
  }
}
