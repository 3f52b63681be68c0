import type { Words } from './words.ts';

/** Why a scenario is not sent, or an operation is not tried. */
export const fromPlan = {
  'capability-absent': ({ capabilities, unlisted }) =>
    `the target does not offer ${capabilities.join(', ')}${
      unlisted.length === 0 ? '' : `: key control does not list the feature ${unlisted.join(', ')}`
    }`,
  'capability-missing': ({ capabilities, because }, say) => {
    const why = [...new Set(because.map(say))];
    return `this run has no ${capabilities.join(', ')}${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
  },
  'mode-without-control': ({ mode }) => `mode ${mode} does not use key control`,
  'production-keeps-queries': ({ host }) =>
    `${host} is a production host, and its access logs would keep the key in the query`,
  'nothing-claimed-absent': () => 'no operation is claimed as not implemented',
  'no-such-operations': () => 'the target implements none of the operations that this scenario uses',
  'mode-excludes-operations': ({ mode }) => `mode ${mode} leaves out every operation that this scenario uses`,
  'nothing-to-send-to': () => 'the API has no operation for this scenario',
  'seldom-at-quick': () => 'depth quick sends only the scenarios that catch the most faults per request',
  'did-not-run': ({ why }) => why,
  'same-project': () =>
    'an event that MUFI_OTHER_PROJECT_WRITE_KEY finds or creates belongs to the project of MUFI_WRITE_KEY, so both seem to be keys of one project; supply the two keys of a second project',
  'mode-spares-operation': () => 'in this mode no valid key writes',
  'operation-silent': ({ message }) => message ?? 'it does not answer',
  'answers-write-key': ({ status }) => `the unmodified write key gets ${status}`,
  'answers-failure': ({ status }) => `it answers ${status}`,
  'answers-redirect': ({ status }) => `it redirects (${status})`,
  'although-there': ({ because }, say) => `${say(because)}, although it exists`,
  'although-named': ({ because }, say) =>
    `${say(because)}, although the target itself returned the id that the request names`,
  'claimed-absent': ({ status }) =>
    status === undefined
      ? 'it is claimed as not implemented'
      : `it is claimed as not implemented, but the unmodified write key got ${status} in the preflight`,
  'shards-disagree': ({ states }) => states.join(', '),
} satisfies Partial<Words>;
