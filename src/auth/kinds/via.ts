import * as v from "valibot";
import { ordinary } from "../../config/schema/trust_class.ts";
import { remarks, text } from "./fields.ts";

/** What an identity or integration is reached through. */
export interface Via {
  readonly provider: string | undefined;
  readonly identity: string | undefined;
}

const FIELDS = {
  provider: v.optional(ordinary(text("name of the provider that it logs in with"))),
  identity: v.optional(ordinary(text("name of the identity that it continues from"))),
};

/** Exactly one of the two. */
export const VIA = v.pipe(
  v.object(FIELDS),
  v.check(
    (via) => (via.provider === undefined) !== (via.identity === undefined),
    "must name exactly one of provider and identity",
  ),
  v.description("what it is reached through: {provider: NAME} or {identity: NAME}"),
  remarks({ jsonSchema: { oneOf: [{ required: ["provider"] }, { required: ["identity"] }] } }),
);

/** A provider alone is not enough. */
export const VIA_IDENTITY = v.pipe(
  v.object({ identity: ordinary(text("name of the identity that it continues from")) }),
  v.description("what it is reached through: {identity: NAME}"),
);

export function noVia(kind: string) {
  return v.optional(v.never(`must not be there: ${kind} is reached through nothing else`));
}

export function viaOf(via: v.InferOutput<typeof VIA>): Via {
  return { provider: via.provider, identity: via.identity };
}
