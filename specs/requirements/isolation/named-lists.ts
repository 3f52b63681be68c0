import type { Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';
import { everything, otherHeaders, otherParameters, projectCookie } from './project-names.ts';

const bearer = { Authorization: 'Bearer {key}' };
const names = { project_id: '{project}', projectId: '{project}' };

/** Faults that show the list of one project to another. */
const sharedLists = ['foreign-users-listed', 'foreign-events-listed'];

/**
 * Lists with a key of another project that name this one, as a filter does. A conformant server leaves the name out,
 * rejects it, or shows an empty list.
 */
export const namedLists: readonly Scenario[] = each(
  {
    key: 'other-project-read',
    procedure: 'lists hold only own objects',
    to: 'every list',
    expect: 'nothing of another project',
  },
  [
    {
      id: 'list-of-header',
      title: 'a read key of another project reads lists and names this project in headers',
      present: {
        headers: {
          ...bearer,
          'X-Project-Id': '{project}',
          'X-Tenant-Id': '{project}',
          'Mufi-Project': '{project}',
        },
      },
      catches: ['lists-of-project-in-header', 'project-from-header', ...sharedLists],
    },
    {
      id: 'list-of-parameter',
      title: 'a read key of another project reads lists and names this project in parameters',
      present: { headers: bearer, query: names },
      catches: ['lists-of-project-in-query', 'project-from-query', ...sharedLists],
    },
    {
      id: 'list-of-other-names',
      title:
        'a read key of another project reads lists and names this project in other headers and parameters',
      present: { headers: { ...bearer, ...otherHeaders, ...projectCookie }, query: otherParameters },
      catches: [
        ...['project-from-other-header', 'project-from-baggage', 'project-from-cookie'],
        ...['project-from-other-query', 'lists-of-project-in-filter'],
        ...sharedLists,
      ],
    },
    {
      id: 'list-of-everything',
      title: 'a read key of another project reads lists of everything',
      present: { headers: bearer, query: everything },
      catches: ['everything-listed-on-demand', ...sharedLists],
    },
    {
      id: 'list-of-body-member',
      title: 'a read key of another project reads lists and names this project in the body',
      present: { headers: bearer, json: names },
      catches: ['lists-of-project-in-body', 'project-from-body', ...sharedLists],
    },
  ],
);
