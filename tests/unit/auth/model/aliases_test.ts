import { deepEqual, equal, throws } from "node:assert/strict";
import { resolveAlias } from "../../../../src/auth/model/aliases.ts";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { selectIdentity } from "../../../../src/auth/model/select_identity.ts";
import { messages, validated } from "../../../support/config/auth_texts.ts";

const TEXT = `auth:
  identities:
    Dev-Admin: {kind: aws/ambient, alias: dev}
    ops: {kind: aws/ambient, alias: Production}
    one: {kind: aws/ambient, alias: both}
    two: {kind: aws/ambient, alias: Both}
    lost: {kind: aws/ambient, alias: OPS}
    broken: {kind: aws/nothing, alias: x}
    names-broken: {kind: aws/ambient, alias: broken}
`;

Deno.test("an alias is another name of an identity, in any case; names win, and what two have is none's", async () => {
  const { model } = await validated(TEXT);
  for (
    const [said, name] of [
      ["dev", "Dev-Admin"],
      ["DEV", "Dev-Admin"],
      ["production", "ops"],
      ["dev-admin", "dev-admin"],
      ["ops", "ops"],
      ["OPS", "OPS"],
      ["both", "both"],
      ["broken", "broken"],
      ["nothing", "nothing"],
    ] as const
  ) {
    equal(resolveAlias(model, said), name);
    deepEqual(selectIdentity(model, { said, interactive: false }), { kind: "named", name });
  }
  equal(buildChain(model, "PRODUCTION").identities.at(-1)!.name, "ops");
  throws(() => buildChain(model, "both"), { code: "identity-not-found" });
});

Deno.test("an alias that leads nowhere is warned of", async () => {
  const { problems } = await validated(TEXT);
  deepEqual(messages(problems).filter((line) => line.includes("alias")), [
    'warning auth.identities.one.alias: has no effect in atmos for EKS: identity "two" has the same alias',
    'warning auth.identities.two.alias: has no effect in atmos for EKS: identity "one" has the same alias',
    'warning auth.identities.lost.alias: has no effect in atmos for EKS: identity "ops" has that name',
  ]);
});

Deno.test("what is reached through an alias is not: only names stand in a configuration", async () => {
  const role = 'principal: {assume_role: "arn:aws:iam::123456789012:role/x"}';
  const { problems } = await validated(
    `${TEXT}    over: {kind: aws/assume-role, via: {identity: dev}, ${role}}\n`,
  );
  equal(messages(problems).some((line) => line.startsWith("error auth.identities.over.via.identity")), true);
});
