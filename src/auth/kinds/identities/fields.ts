import * as v from "valibot";
import { REGION } from "../../../aws/names/names.ts";
import { ordinary, power } from "../../../config/schema/trust_class.ts";
import { isReaching, isRegionVariable } from "../../../config/values/fetched.ts";
import { textAt, valueAt } from "../../../config/values/look_up.ts";
import type { Located } from "../../../config/values/located.ts";
import { flag, form, list, looseText, noEffect, region, serviceUrl, text, WHERE_AWS_IS } from "../fields.ts";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What identities of every kind may say, except `kind`, `via`, `principal`, `credentials` and `session`. */
export const IDENTITY_FIELDS = {
  default: v.optional(ordinary(flag("use this identity by default"))),
  required: v.optional(
    noEffect(ordinary(flag("of the Go atmos: log in with it whenever terraform runs")), { but: "false" }),
  ),
  provider: v.optional(ordinary(text("older spelling of via.provider"))),
  alias: v.optional(ordinary(text("another name to show"))),
  region: v.optional(ordinary(region("AWS region for this identity"))),
  tags: v.optional(ordinary(list("words to select it by"))),
  env: v.optional(v.pipe(
    v.array(power(
      v.object({
        key: form(VARIABLE, { about: "name of the variable", allowed: "the name of an environment variable" }),
        value: looseText("value of the variable"),
      }),
      {
        reason: "sets a variable for programs and shells",
        unless: {
          is: "AWS_REGION or AWS_DEFAULT_REGION with a region",
          holds: (_host, { value }) => setsRegion(value),
        },
        contents: async (host, { value, by }) => {
          const list = textAt(value, ["key"]) === "KUBECONFIG" ? textAt(value, ["value"]) : undefined;
          if (list === undefined) return [];
          const { kubeconfigsContents } = await import("../../files/kubeconfig_contents.ts");
          return kubeconfigsContents(host, { list, by });
        },
      },
    )),
    v.description("environment variables that go with the identity"),
  )),
  spec: v.optional(v.object({
    endpoint_url: v.optional(power(serviceUrl("address to use instead of AWS's own"), WHERE_AWS_IS)),
  })),
};

/** No list of harmful names could be complete. */
function setsRegion(item: Located): boolean {
  const [key, value] = ["key", "value"].map((name) => textAt(item, [name]));
  return /^AWS_(?:DEFAULT_)?REGION$/.test(key ?? "") && isOfRepository(item) && REGION.test(value ?? "");
}

/** Or of the variables of the region. */
function isOfRepository(item: Located): boolean {
  const marks = ["key", "value"].map((name) => valueAt(item, [name])?.fetched);
  return [item.fetched, ...marks].every((one) => one === undefined || !isReaching(one) || isRegionVariable(one));
}

const COMMON = v.object(IDENTITY_FIELDS);

export interface IdentityBase {
  readonly isDefault: boolean;
  readonly alias: string | undefined;
  readonly tags: readonly string[];
  readonly env: readonly { readonly key: string; readonly value: string }[];
  readonly endpointUrl: string | undefined;
  /** Whether its credentials are the environment's own, which no login stores. */
  readonly isAmbient: boolean;
  /** Whether its credentials are the session of a role; of the environment's own nothing says it. */
  readonly isRoleSession: boolean;
  /** The account that it is in, where atmos.yaml says it. */
  readonly accountId: string | undefined;
}

/** What decides nothing about credentials, in identities of every kind: AWS gives the same ones in every region. */
export const INCIDENTAL_TO_IDENTITIES: readonly (keyof IdentityBase | "region")[] = [
  ...["isDefault", "alias", "tags", "env", "region"] as const,
];

/** What a kind has in common with the others; it says itself what is special about it. */
export function identityBase(fields: v.InferOutput<typeof COMMON>): IdentityBase {
  return {
    isDefault: fields.default ?? false,
    alias: fields.alias,
    tags: fields.tags ?? [],
    env: fields.env ?? [],
    endpointUrl: fields.spec?.endpoint_url,
    isAmbient: false,
    isRoleSession: false,
    accountId: undefined,
  };
}
