import { deepEqual, equal, throws } from "node:assert/strict";
import { chooseContext, describeContext, listChoices } from "../../../../src/cli/provision/choose_context.ts";
import type { IdentityContext } from "../../../../src/integrations/eks/identity_contexts.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const arn = (cluster: string) => `arn:aws:eks:us-west-2:123456789012:cluster/${cluster}`;

/** The context of a cluster of the same name. */
function context(name: string, more: Partial<IdentityContext> = {}): IdentityContext {
  return { name, arn: arn(name), file: "/k", integration: `${name}/eks`, isLinked: true, ...more };
}

const PROD = context("prod");
const ALIAS = context("production", { arn: arn("prod"), integration: "prod/eks" });
const DEV = context("dev");
const GONE = context("gone", { isLinked: false });

interface Case {
  readonly contexts: readonly IdentityContext[];
  readonly requested?: string;
  readonly isIncomplete?: boolean;
  readonly earlier?: readonly (string | undefined)[];
  /** A name, or those to choose from. */
  readonly chosen: string | readonly string[];
}

/** Of contexts that were chosen before, where that is known. */
const ARNS: Readonly<Record<string, string>> = { "former-dev": DEV.arn, "swapped": DEV.arn, "lost": arn("lost") };

const CASES: Readonly<Record<string, Case>> = {
  "the only one": { contexts: [PROD], chosen: "prod" },
  "the only one, where a login should have added another": { contexts: [PROD], isIncomplete: true, chosen: ["prod"] },
  "which can be named": { contexts: [PROD], isIncomplete: true, requested: "prod", chosen: "prod" },
  "and counts where it was chosen before": { contexts: [PROD], isIncomplete: true, earlier: ["prod"], chosen: "prod" },
  "the first of one integration's aliases": { contexts: [PROD, ALIAS], chosen: "prod" },
  "one of several is none": { contexts: [PROD, DEV], chosen: ["prod", "dev"] },
  "one cluster of two integrations": {
    contexts: [PROD, context("web", { arn: arn("prod") })],
    chosen: ["prod", "web"],
  },
  "the same name in two files": { contexts: [PROD, context("prod", { file: "/l" })], chosen: ["prod", "prod"] },
  "the requested one, were another chosen before": {
    contexts: [PROD, DEV],
    requested: "dev",
    earlier: ["prod"],
    chosen: "dev",
  },
  "an alias by its name": { contexts: [PROD, ALIAS], requested: "production", chosen: "production" },
  "the strongest of those chosen before": { contexts: [PROD, DEV], earlier: [undefined, "dev", "prod"], chosen: "dev" },
  "one chosen before that is gone, or another identity's, is none": {
    contexts: [PROD, DEV],
    earlier: ["stranger", undefined],
    chosen: ["prod", "dev"],
  },
  "and the only other one is not taken instead": { contexts: [PROD], earlier: ["stranger"], chosen: ["prod"] },
  "nor one that was chosen before that": { contexts: [PROD], earlier: ["stranger", "prod"], chosen: ["prod"] },
  "the cluster that was chosen, under its new name": {
    contexts: [PROD, DEV],
    earlier: ["former-dev"],
    chosen: "dev",
  },
  "the cluster that was chosen, where another one has its name by now": {
    contexts: [context("swapped", { arn: PROD.arn }), DEV],
    earlier: ["swapped"],
    chosen: "dev",
  },
  "its name for that cluster before other names of it": {
    contexts: [context("swapped", { arn: PROD.arn }), DEV, context("swapped", { arn: DEV.arn, file: "/l" })],
    earlier: ["swapped"],
    chosen: "swapped",
  },
  "nor is another cluster chosen that has the name of one that is gone": {
    contexts: [context("lost", { arn: PROD.arn })],
    earlier: ["lost"],
    chosen: ["lost"],
  },
  "one that is not linked does not count beside one that is": { contexts: [PROD, GONE], chosen: "prod" },
  "though it can be named": { contexts: [PROD, GONE], requested: "gone", chosen: "gone" },
  "and counts alone": { contexts: [GONE], chosen: "gone" },
};

for (const [name, { contexts, requested, isIncomplete = false, earlier = [], chosen }] of Object.entries(CASES)) {
  Deno.test(`choose context: ${name}`, () => {
    const choice = chooseContext({
      identity: "i",
      contexts,
      requested,
      isIncomplete,
      earlier: earlier.map((name) => name === undefined ? undefined : { name, arn: ARNS[name] }),
    });
    const found = choice.kind === "chosen" ? choice.context.name : choice.among.map((one) => one.name);
    deepEqual(found, chosen);
  });
}

Deno.test("choose context: a name that is none of the identity's is refused, with those that are near, or all", () => {
  const refused = (requested: string, contexts: readonly IdentityContext[]) => {
    let hint: string | undefined;
    throws(
      () => chooseContext({ identity: "i", contexts, requested, earlier: [] }),
      (error: Error & { hint?: string }) => {
        hint = renderRemedy({}, error);
        return /^Cannot use context "\w+" of identity "i": it has no (?:such )?context/.test(error.message);
      },
    );
    return hint;
  };
  equal(refused("prdo", [PROD, DEV]), 'Did you mean "prod"?');
  equal(refused("elsewhere", [PROD, DEV]), "Its contexts: prod, dev");
  equal(refused("elsewhere", []), "Add one: atmos aws eks update-kubeconfig --all");
});

Deno.test("choose context: what is listed and described", () => {
  equal(listChoices([PROD, DEV, PROD]), "prod or dev");
  const many = Array.from({ length: 32 }, (_, at) => context(`c${at}`));
  equal(listChoices(many).endsWith(", c29 or one of 2 more"), true);
  equal(describeContext(ALIAS), "production (prod, us-west-2, 123456789012)");
  equal(describeContext(context("odd", { arn: "no-arn" })), "odd");
});
