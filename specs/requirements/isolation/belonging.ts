import type { Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

const projects = authentication('Getting Your API Key');
const bearer = { Authorization: 'Bearer {key}' };
const named = (header: string): Record<string, string> => ({ ...bearer, [header]: '{project}' });

/** Faults that give whoever has a good key what the owner was answered, for long. */
const kept = ['answers-kept-by-url', 'answers-kept-by-body'] as const;

/** Where the project of a request comes from, and what a stranger learns of the things of others. */
export const belonging: readonly Requirement[] = [
  {
    id: 'isolation/project-comes-from-key',
    level: 'MUST',
    profile: 'isolation',
    sentence: 'The key says the project; nothing else in the request changes it.',
    source: projects,
    advice: 'Take the project from the verified claims, and from no header, parameter or body member.',
    needs: ['other-project-keys'],
    scenarios: (
      [
        [
          'project-header',
          { headers: named('X-Project-Id') },
          'in X-Project-Id',
          'project-from-header',
          ...kept,
        ],
        ['tenant-header', { headers: named('X-Tenant-Id') }, 'in X-Tenant-Id', 'project-from-header'],
        ['mufi-header', { headers: named('Mufi-Project') }, 'in Mufi-Project', 'project-from-header'],
        [
          'query-parameter',
          { headers: bearer, query: { project_id: '{project}', projectId: '{project}' } },
          'in parameters',
          'project-from-query',
        ],
        [
          'body-member',
          { headers: bearer, json: { project_id: '{project}', projectId: '{project}' } },
          'in the body',
          'project-from-body',
        ],
      ] as const
    ).map(([id, present, where, ...catches]) => ({
      id,
      title: `a read key of another project looks by id and names this project ${where}`,
      key: 'other-project-read',
      request: 'by-id',
      present,
      to: 'every read operation that needs something',
      expect: 'not found',
      catches: [
        ...catches,
        'foreign-event-by-id',
        'foreign-user-by-id',
        'foreign-product-by-id',
        'foreign-data-in-404',
        'unknown-id-crashes',
      ],
    })),
  },
  {
    id: 'isolation/foreign-looks-unknown',
    level: 'SHOULD',
    profile: 'isolation',
    sentence: 'What belongs to another project is answered like what does not exist.',
    source: rfc(9110, '15.5.4 403 Forbidden'),
    advice: 'Look up within the project of the key, so that foreign and unknown ids take the same way.',
    explainedBy: ['isolation/nothing-foreign-by-name', 'isolation/nothing-foreign-changes'],
    needs: ['other-project-keys'],
    scenarios: [
      {
        id: 'by-id',
        title: 'a write key of another project names foreign and made-up ids',
        key: 'other-project-write',
        procedure: 'foreign things look unknown',
        to: 'every operation that needs something',
        expect: 'not found',
        catches: [
          'foreign-existence-told',
          ...kept,
          'foreign-event-by-id',
          'foreign-event-updated',
          'foreign-user-by-id',
          'foreign-event-in-product',
          'foreign-item-transferred',
          'foreign-product-by-id',
          'foreign-user-activated',
          'foreign-product-issued',
          'foreign-item-redeemed',
        ],
      },
    ],
  },
];
