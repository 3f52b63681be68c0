import type { ApiRequest, Operation } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** A fault that skips the permission check if `when` is true. */
export function unchecked(
  id: string,
  breaks: string,
  when: (request: ApiRequest, operation: Operation) => boolean | Promise<boolean>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      mayCall: async (permission, operation, request) =>
        (await when(request, operation)) || policy.mayCall(permission, operation, request),
    }),
  };
}
