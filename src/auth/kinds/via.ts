import * as v from "valibot";
import { ordinary } from "../../config/schema/trust_class.ts";
import { remarks, text } from "./fields.ts";

/** What an identity or integration is reached through. */
export interface Via {
  readonly provider: string | undefined;
  readonly identity: string | undefined;
}

const FIELDS = {
  provider: v.optional(ordinary(text("name of the provider to log in with"))),
  identity: v.optional(ordinary(text("name of the identity to start from"))),
};

/** Exactly one of the two. */
export const VIA = v.pipe(
  v.object(FIELDS),
  v.check(
    (via) => (via.provider === undefined) !== (via.identity === undefined),
    "must have exactly one of provider and identity",
  ),
  v.description("provider or identity to log in through: {provider: NAME} or {identity: NAME}"),
  remarks({ jsonSchema: { oneOf: [{ required: ["provider"] }, { required: ["identity"] }] } }),
);

/** A provider alone is not enough. */
export const VIA_IDENTITY = v.pipe(
  v.object({ identity: ordinary(text("name of the identity to start from")) }),
  v.description("identity to start from: {identity: NAME}"),
);

export function noVia(kind: string) {
  return v.optional(v.never(`is not allowed: ${kind} does not use via`));
}

export function toVia(via: v.InferOutput<typeof VIA>): Via {
  return { provider: via.provider, identity: via.identity };
}
