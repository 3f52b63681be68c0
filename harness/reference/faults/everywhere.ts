import type { ApiRequest, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';

/** The project of a request that a faulty look-up or list answers from all projects. */
const everywhere = 'every project';

/** Answers some requests from all projects. */
export function lookingEverywhere(
  policy: Policy,
  when: (request: ApiRequest, claims: Claims) => Promise<boolean>,
): Pick<Policy, 'projectOf' | 'sees'> {
  return {
    projectOf: async (claims, request) =>
      (await when(request, claims)) ? everywhere : policy.projectOf(claims, request),
    sees: (object, project, via) => project === everywhere || policy.sees(object, project, via),
  };
}
