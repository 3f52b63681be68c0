import type { ApiRequest } from '../model.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';

/** Faults that check the product of the path, and not what the body names. */
export const items: readonly Fault[] = [
  {
    id: 'foreign-item-below-own-product-redeemed',
    breaks: 'An item of another project is not found below a product of the own one.',
    override: (policy) => ({
      isBelow: () => true,
      sees: (object, project, via) =>
        (via.operationId === 'redeemProductItem' && 'redemption_count' in object) ||
        policy.sees(object, project, via),
    }),
  },
  {
    id: 'foreign-item-below-own-product-transferred',
    breaks: 'An item of another project is not taken from its owner below a product of the own one.',
    override: (policy) => {
      const owners = new Set<unknown>();
      return {
        isBelow: () => true,
        sees: (object, project, via) => {
          if (policy.sees(object, project, via)) return true;
          if (via.operationId !== 'transferProductItem') return false;
          if ('user_id' in object) owners.add(object.user_id);
          // The owner of the item, and no other user: that is what the check of the sender asks for.
          return 'user_id' in object || ('email' in object && 'id' in object && owners.has(object.id));
        },
      };
    },
  },
  {
    id: 'product-of-body-issued',
    breaks: 'If path and body name two products, items are issued of none that was not checked.',
    override: (policy) => {
      const issued = new WeakMap<ApiRequest, string>();
      return {
        exempt: async (call, ring) => {
          const { product_id: named } = await jsonBodyOf(call.request);
          const isIssued = call.operation?.operationId === 'issueProductItems';
          if (isIssued && typeof named === 'string' && named !== call.params.id) {
            issued.set(call.request, named);
            Object.assign(call.params, { id: named });
          }
          return policy.exempt(call, ring);
        },
        projectOf: async (claims, request) => {
          const project = await policy.projectOf(claims, request);
          const named = issued.get(request);
          return named === undefined ? project : `${project} ${named}`;
        },
        sees: (object, project, via) => {
          const [own = project, named] = project.split(' ');
          return policy.sees(object, own, via) || ('id' in object && object.id === named);
        },
      };
    },
  },
];
