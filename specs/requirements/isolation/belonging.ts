import type { Requirement } from '../../../harness/model/index.ts';
import { each } from '../each.ts';
import { authentication, rfc } from '../sources.ts';
import { moved } from './moved.ts';
import { namedLists } from './named-lists.ts';
import { otherHeaders, otherParameters, projectCookie } from './project-names.ts';

const projects = authentication('Getting Your API Key');
const bearer = { Authorization: 'Bearer {key}' };
const named = (header: string): Record<string, string> => ({ ...bearer, [header]: '{project}' });

/** Faults that give whoever has a good key what the owner was answered, for long. */
const kept = ['answers-kept-by-url', 'answers-kept-by-body'] as const;

/** Faults that look things up in all projects. */
const unscoped = [
  'foreign-event-by-id',
  'foreign-user-by-id',
  'foreign-product-by-id',
  'foreign-data-in-404',
  'unknown-id-crashes',
] as const;

/** Where the project of a request comes from, and what a stranger learns of the things of others. */
export const belonging: readonly Requirement[] = [
  {
    id: 'isolation/project-comes-from-key',
    level: 'MUST',
    profile: 'isolation',
    sentence: 'The key decides the project; nothing else in the request changes it.',
    source: projects,
    advice: 'Take the project from the verified claims, never from a header, parameter or body member.',
    needs: ['other-project-keys'],
    scenarios: [
      ...each(
        {
          key: 'other-project-read',
          request: 'by-id',
          to: 'every read operation that needs something',
          expect: 'not found',
        },
        [
          {
            id: 'project-header',
            title: 'a read key of another project looks by id and names this project in X-Project-Id',
            present: { headers: named('X-Project-Id') },
            catches: ['project-from-header', ...kept, ...unscoped],
          },
          {
            id: 'tenant-header',
            title: 'a read key of another project looks by id and names this project in X-Tenant-Id',
            present: { headers: named('X-Tenant-Id') },
            catches: ['project-from-header', ...unscoped],
          },
          {
            id: 'mufi-header',
            title: 'a read key of another project looks by id and names this project in Mufi-Project',
            present: { headers: named('Mufi-Project') },
            catches: ['project-from-header', ...unscoped],
          },
          {
            id: 'other-headers',
            title: 'a read key of another project looks by id and names this project in twelve other headers',
            present: { headers: { ...bearer, ...otherHeaders } },
            catches: ['project-from-other-header', 'project-from-baggage', ...unscoped],
          },
          {
            id: 'cookie',
            title: 'a read key of another project looks by id and names this project in cookies',
            present: { headers: { ...bearer, ...projectCookie } },
            catches: ['project-from-cookie', ...unscoped],
          },
          {
            id: 'query-parameter',
            title: 'a read key of another project looks by id and names this project in parameters',
            present: { headers: bearer, query: { project_id: '{project}', projectId: '{project}' } },
            catches: ['project-from-query', ...unscoped],
          },
          {
            id: 'other-parameters',
            title: 'a read key of another project looks by id and names this project in other parameters',
            present: { headers: bearer, query: otherParameters },
            catches: ['project-from-other-query', ...unscoped],
          },
          {
            id: 'body-member',
            title: 'a read key of another project looks by id and names this project in the body',
            present: { headers: bearer, json: { project_id: '{project}', projectId: '{project}' } },
            catches: ['project-from-body', ...unscoped],
          },
        ],
      ),
      ...namedLists,
      ...moved,
    ],
  },
  {
    id: 'isolation/foreign-looks-unknown',
    level: 'SHOULD',
    profile: 'isolation',
    sentence: 'A thing of another project is answered like a thing that does not exist.',
    source: rfc(9110, '15.5.4 403 Forbidden'),
    advice: 'Look up ids within the project of the key only, so that ids of other projects are unknown ids.',
    explainedBy: ['isolation/nothing-foreign-by-name', 'isolation/nothing-foreign-changes'],
    needs: ['other-project-keys'],
    scenarios: [
      {
        id: 'by-id',
        title: 'a write key of another project names ids of this project and made-up ids',
        key: 'other-project-write',
        procedure: 'existence oracle',
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
