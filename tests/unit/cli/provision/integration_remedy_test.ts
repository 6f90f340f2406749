import { deepEqual, equal } from "node:assert/strict";
import { loginHint } from "../../../../src/aws/errors/aws_error.ts";
import {
  addIntegrationContext,
  type IntegrationRemedyInput,
} from "../../../../src/cli/provision/integration_remedy.ts";
import { renderParts, renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { nameSetting, OTHER_CREDENTIALS, type Remedy, remedy } from "../../../../src/remedy.ts";
import { AppError } from "../../../../src/errors.ts";
import { validated } from "../../../support/config/auth_texts.ts";

const { model } = await validated(`auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: dev}}
    reader: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Reader, account: dev}}
    here: {kind: aws/ambient}
  integrations:
    own: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: a, region: us-east-2}}}
    read: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: b, region: us-east-2, describe_identity: reader}}}
    reg: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`);

type Told = Partial<Pick<IntegrationRemedyInput, "identity" | "flags">> & { readonly of?: string };

function fitting(hint: Remedy, { of = "own", identity = "dev", flags = "none" }: Told = {}): string {
  const error = new AppError("aws-denied", "Cannot x", { hint, facts: { a: 1 }, place: { line: 1, column: 2 } });
  const told = addIntegrationContext(error, { model, integration: model.integrations.get(of)!, identity, flags });
  deepEqual([told.code, told.message, told.facts, told.place], [error.code, error.message, error.facts, error.place]);
  return renderRemedy({}, told);
}

const DENIED = remedy`Use another identity${OTHER_CREDENTIALS}, or have x allowed.`;

Deno.test("hint of who may not: the flag that can be typed, or the setting that says who asks", () => {
  const denied = (told: Told) =>
    fitting(DENIED, told).replace(/^Use another identity \((.*)\), or have x allowed\.$/, "$1");
  equal(denied({ flags: "all" }), "--identity NAME");
  equal(denied({ flags: "shared" }), "--identity NAME");
  equal(denied({}), "via.identity in atmos.yaml");
  equal(denied({ of: "reg" }), "via.identity in atmos.yaml");
  for (const flags of ["all", "none"] as const) {
    equal(denied({ of: "read", flags }), "spec.cluster.describe_identity in atmos.yaml");
  }
});

Deno.test("hint of a login that is over: that of the identity which asked; the environment's own is left alone", () => {
  const expired = loginHint("default");
  equal(fitting(expired), "Log in again: atmos auth login dev --force");
  equal(fitting(loginHint("x"), { of: "read", flags: "all" }), "Log in again: atmos auth login reader --force");
  equal(fitting(expired, { identity: "here" }), renderParts({}, expired));
});

Deno.test("hints of flags: the setting where no flag can be typed", () => {
  const hints = [
    remedy`Choose another name with ${nameSetting("alias")}.`,
    remedy`Choose another name with ${nameSetting("user-alias")}.`,
    remedy`Choose another file with ${nameSetting("kubeconfig")}.`,
    remedy`Try another ${{ kind: "setting", setting: "region", isBare: true }}.`,
    remedy`Use ${nameSetting("update", "merge")} to change it in place`,
  ];
  const typed = [
    "Choose another name with --alias NAME.",
    "Choose another name with --user-alias NAME.",
    "Choose another file with --kubeconfig PATH.",
    "Try another --region.",
    "Use --update merge to change it in place",
  ];
  deepEqual(hints.map((hint) => fitting(hint)), [
    "Choose another name with spec.cluster.alias in atmos.yaml.",
    "Choose another name with spec.cluster.user_alias in atmos.yaml.",
    "Choose another file with spec.cluster.kubeconfig.path in atmos.yaml.",
    "Try another spec.cluster.region in atmos.yaml.",
    "Use spec.cluster.kubeconfig.update: merge in atmos.yaml to change it in place",
  ]);
  deepEqual(hints.map((hint) => fitting(hint, { flags: "all" })), typed);
  const shared = hints.map((hint) => fitting(hint, { flags: "shared" }));
  deepEqual(shared.map((text, at) => text === typed[at]), [false, false, true, true, true]);
});

Deno.test("an error without a remedy has none afterwards", () => {
  const input = { model, integration: model.integrations.get("own")!, identity: "dev", flags: "none" } as const;
  equal(renderRemedy({}, addIntegrationContext(new AppError("usage", "x"), input)), "");
});
