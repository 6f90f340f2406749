import { equal, rejects, throws } from "node:assert/strict";
import type { InheritedIdentity } from "../../../../src/auth/model/inherited_identity.ts";
import { linkedIdentity } from "../../../../src/cli/provision/linked_identity.ts";
import { AppError } from "../../../../src/errors.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const CONFIG = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
    spare: {kind: aws/iam-identity-center, start_url: "https://spare.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: dev}}
    ops: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: dev}}
  integrations:
    own: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: a, region: us-east-2}}}
    any: {kind: aws/eks, via: {provider: sso}, spec: {cluster: {name: b, region: us-east-2}}}
    none: {kind: aws/eks, via: {provider: spare}, spec: {cluster: {name: c, region: us-east-2}}}
`;

async function chosen(name: string, { said, env = {}, config = CONFIG, ...known }: {
  said?: string;
  inherited?: InheritedIdentity;
  env?: Record<string, string>;
  config?: string;
}) {
  const { model } = await validated(config);
  const integration = model.integrations.get(name)!;
  return linkedIdentity(fakeHost({ env }), { model: { ...model, ...known }, integration, said }).identities.at(-1)!
    .name;
}

Deno.test("an integration's own identity, unless another one is typed; the variable is no typing", async () => {
  equal(await chosen("own", {}), "dev");
  equal(await chosen("own", { said: "OPS" }), "ops");
  equal(await chosen("own", { said: "ops", env: { ATMOS_IDENTITY: "ops" } }), "dev");
});

Deno.test("of a provider's identities: the variable's, the default, the only one", async () => {
  equal(await chosen("any", { said: "ops", env: { ATMOS_IDENTITY: "ops" } }), "ops");
  equal(await chosen("any", { config: CONFIG.replace("    ops: {", "    ops: {default: true, ") }), "ops");
  equal(await chosen("any", { config: CONFIG.replace(/^ {4}ops:.*\n/m, "") }), "dev");
});

Deno.test("the variable of another configuration is refused where it would be taken", async () => {
  const variable = { said: "ops", env: { ATMOS_IDENTITY: "ops" }, inherited: { name: "ops", location: "/elsewhere" } };
  await rejects(chosen("any", variable), { code: "identity-not-found", message: /set for .* at \/elsewhere/ });
  equal(await chosen("own", variable), "dev");
  equal(await chosen("any", { ...variable, config: CONFIG.replace(/^ {4}ops:.*\n/m, "") }), "dev");
});

Deno.test("where nothing says which one, the error names those that there are", async () => {
  const failure = (name: string) => chosen(name, {}).then(() => undefined, (error) => error as AppError);
  const several = await failure("any");
  equal(several?.code, "identity-not-found");
  equal(renderRemedy({}, several), "Specify one: --identity NAME (dev, ops)");
  const none = await failure("none");
  throws(() => {
    throw none;
  }, /no identity logs in with its provider/);
});

Deno.test("of a provider's identities the broken default, or the only one, is no reason to take another", async () => {
  const typo = (more: string) => CONFIG.replace("name: Ops", "nmae: Ops").replace("    ops: {", `    ops: {${more}`);
  const wanted = /^Cannot use identity "ops": auth\.identities\.ops\.principal\.name: missing/;
  await rejects(chosen("any", { config: typo("default: true, ") }), { code: "config-invalid", message: wanted });
  await rejects(chosen("any", { config: typo("").replace(/^ {4}dev:.*\n/m, "") }), { message: wanted });
  await rejects(chosen("any", { config: typo("") }), refusal({ code: "identity-not-found", hint: /\(dev, ops\)$/ }));
  const variable = { said: "ops", env: { ATMOS_IDENTITY: "ops" } };
  await rejects(chosen("any", { ...variable, config: typo("") }), { message: wanted });
  const nowhere = CONFIG.replace(
    "ops: {kind: aws/permission-set, via:",
    "ops: {default: true, kind: aws/permission-set, vai:",
  );
  await rejects(chosen("any", { config: nowhere }), { message: /^Cannot use identity "ops": auth\.identities\.ops/ });
  await rejects(chosen("any", { ...variable, config: nowhere.replace("default: true, ", "") }), { message: /"ops"/ });
});
