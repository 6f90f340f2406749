import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { listFoundIdentitiesPaths, writeFoundIdentities } from "../../../../src/auth/files/found_identities_file.ts";
import { nameFoundRoles } from "../../../../src/auth/files/name_found_roles.ts";
import { locateIdentity } from "../../../../src/auth/login/identity.ts";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { configuredIdentities } from "../../../../src/auth/model/configured_identities.ts";
import { AppError } from "../../../../src/errors.ts";
import { validateAuth } from "../../../../src/integrations/validate_auth.ts";
import { configWorld } from "../../../support/config/config_files.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const START_URL = "https://company.awsapps.com/start";
const SESSION = { startUrl: START_URL, region: "us-east-1", endpointUrl: undefined };
const PATH = "/home/me/.cache/atmos/auth/sso/provisioned-identities.yaml";

/** As the Go atmos 1.2 writes it. */
const GO_FILE = `auth:
    _metadata:
        counts:
            accounts: 1
            identities: 2
            roles: 2
        extra:
            region: us-east-1
            start_url: ${START_URL}/
        provider: sso
        provisioned_at: "2026-08-01T10:00:00Z"
        source: aws-sso
    identities:
        Prod/Admin:
            kind: aws/permission-set
            provider: sso
            via:
                provider: aws-sso
            principal:
                account:
                    id: "012345678901"
                    name: Prod
                name: Admin
        Prod/ReadOnly:
            kind: aws/permission-set
            provider: sso
            via:
                provider: aws-sso
            principal:
                account:
                    id: "012345678901"
                    name: Prod
                name: ReadOnly
`;

function configured(identities: string, more = ""): string {
  return `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "${START_URL}", region: us-east-1, auto_provision_identities: true${more}}
${identities}`;
}

async function modelOf(source: string, files: Readonly<Record<string, string>> = { [PATH]: GO_FILE }, mode = 0o600) {
  const { host, disk } = configWorld({});
  for (const [path, text] of Object.entries(files)) disk.put(path, text, { mode });
  const { model, problems } = await validateAuth(host, locatedFrom(source, "/home/me/repo/atmos.yaml"));
  return { host, model, problems, names: configuredIdentities(model).map(({ name }) => name) };
}

Deno.test("found identities: what the Go atmos has found are identities of the provider, by name", async () => {
  const { host, model, problems, names } = await modelOf(configured(""));
  deepEqual([problems, names], [[], ["Prod/Admin", "Prod/ReadOnly"]]);
  deepEqual(configuredIdentities(model).map(({ isFound }) => isFound), [true, true]);
  const { provider, identities } = buildChain(model, "prod/admin");
  deepEqual([provider?.name, identities.map(({ accountId }) => accountId)], ["sso", ["012345678901"]]);
  deepEqual(model.found!.accountNames, new Map([["012345678901", "Prod"]]));
  const target = { model, directory: "/home/me/repo", identity: "prod/admin" };
  match((await locateIdentity(host, target)).place!.credentials, /\/aws\/sso\/credentials$/);
});

Deno.test("found identities: those of another session, or that others may have written, are none", async () => {
  const other = (from: string, to: string) => ({ [PATH]: GO_FILE.replace(from, to) });
  const others = [
    other("company", "evil"),
    other("region: us-east-1", "region: us-east-2"),
    other("        extra:\n", "        extra:\n            endpoint_url: https://evil.example.com\n"),
    other("        extra:\n", "        extras:\n"),
    { [PATH]: "a: [" },
    { [PATH]: "- 1" },
    { [PATH]: "" },
  ];
  for (const files of others) deepEqual((await modelOf(configured(""), files)).names, [], JSON.stringify(files));
  for (const mode of [0o644, 0o660, 0o606]) {
    deepEqual((await modelOf(configured(""), { [PATH]: GO_FILE }, mode)).names, [], mode.toString(8));
  }
  for (const more of [", spec: {endpoint_url: 'https://x.example.com'}", ", region: us-west-2"]) {
    const source = configured("", more).replace(more.includes("region") ? "region: us-east-1, " : "\0", "");
    deepEqual((await modelOf(source)).names, [], more);
  }
  deepEqual((await modelOf(configured("").replace("identities: true", "identities: false"))).names, []);
});

Deno.test("found identities: atmos.yaml is laid over them, and needs no kind", async () => {
  const said =
    "  identities:\n    prod/admin: {default: true, alias: p, env: [{key: A, value: b}]}\n    Prod/ReadOnly:\n";
  const { model, problems, names } = await modelOf(configured(said));
  deepEqual([problems, names], [[], ["Prod/ReadOnly", "prod/admin"]]);
  const [readOnly, admin] = configuredIdentities(model);
  deepEqual([admin!.isDefault, admin!.alias, admin!.isFound, readOnly!.isFound], [true, "p", false, false]);
  equal(buildChain(model, "p").identities[0]!.accountId, "012345678901");
});

Deno.test("found identities: an entry that says whose credentials it means is not mixed with what was found", async () => {
  const whole = [
    `{kind: aws/assume-role, via: {provider: sso}, principal: {assume_role: "arn:aws:iam::111111111111:role/x"}}`,
    `{kind: aws/permission-set, via: {provider: sso}, principal: {name: Other, account: other}}`,
    "{kind: aws/ambient}",
  ];
  for (const entry of whole) {
    const { model, names } = await modelOf(configured(`  identities:\n    Prod/Admin: ${entry}\n`));
    deepEqual(names, ["Prod/Admin", "Prod/ReadOnly"]);
    equal(model.identities.get("Prod/Admin")?.accountId === "012345678901", false, entry);
  }
  const half = await modelOf(configured("  identities:\n    Prod/Admin: {principal: {account: other}}\n"));
  deepEqual([half.model.identities.has("Prod/Admin"), half.problems.length], [false, 1]);
});

Deno.test("found identities: what no login has found yet is a warning, and no other identity is used", async () => {
  const said = `  identities:
    prod/admin: {default: true}
    child: {kind: aws/assume-role, via: {identity: prod/poweruser}, principal: {assume_role: "arn:aws:iam::111111111111:role/x"}}
  integrations:
    dev: {kind: aws/eks, via: {identity: prod/viewer}, spec: {cluster: {name: dev, region: us-east-2}}}
`;
  const { model, problems } = await modelOf(configured(said), {});
  deepEqual(problems.map(({ severity }) => severity), ["warning", "warning", "warning"]);
  for (const { message } of problems) match(message, /no login with provider "sso" has found it$/);
  const notFound = (error: unknown) => error instanceof AppError && error.code === "identity-not-found";
  throws(() => buildChain(model, "prod/admin"), notFound);
  throws(
    () => buildChain(model, "prod/other"),
    (error: AppError) => /auth login --provider sso$/.test(renderRemedy({}, error)),
  );
  const { host } = configWorld({});
  await rejects(locateIdentity(host, { model, directory: "/", identity: "prod/admin" }), notFound);
  // Without such a provider it is an error, as ever.
  const plain = await modelOf(configured(said).replace("identities: true", "identities: false"), {});
  deepEqual(plain.problems.map(({ severity }) => severity), ["error", "error", "error"]);
});

Deno.test("found identities: where two providers find some, each is called after its provider", async () => {
  const more = configured("").replace("    sso:", "    Other:").split("\n")[2]!;
  const source = configured(more);
  const otherPath = PATH.replace("/sso/", "/other/");
  const { names, problems } = await modelOf(source, { [PATH]: GO_FILE, [otherPath]: GO_FILE });
  const all = ["Other/Prod/Admin", "Other/Prod/ReadOnly", "sso/Prod/Admin", "sso/Prod/ReadOnly"];
  deepEqual([names, problems], [all, []]);
  // Neither a login nor a logout of the other, nor a mistake in it, makes a name mean an account of another provider.
  for (const broken of [source, source.replace(/(Other:.*region: )us-east-1/, "$1[]")]) {
    const { names: left } = await modelOf(broken, { [PATH]: GO_FILE });
    deepEqual(left, ["sso/Prod/Admin", "sso/Prod/ReadOnly"]);
  }
});

Deno.test("found identities: names that no entry may have are left out", async () => {
  const bad = ["../x/Admin", "a[b]/Admin", "/x"];
  const files = { [PATH]: GO_FILE.replace("Prod/Admin:", `${JSON.stringify(bad[0])}:`) };
  deepEqual((await modelOf(configured(""), files)).names, ["Prod/ReadOnly"]);
});

const inAccount = (accountId: string, accountName: string, permissionSet = "Admin") => ({
  accountId,
  accountName,
  permissionSet,
});
const [ONE, TWO, THREE] = ["111111111111", "222222222222", "333333333333"];

const NAMED: Readonly<Record<string, readonly (readonly [id: string, name: string, role: string, found?: string])[]>> =
  {
    "an account's own name": [[ONE, "Big Corp", "Admin", "Big Corp/Admin"], [TWO, "dev", "Admin", "dev/Admin"]],
    "names in two cases": [[ONE, "Dev", "Admin", `Dev-${ONE}/Admin`], [TWO, "dev", "Admin", `dev-${TWO}/Admin`]],
    "names that look the same": [
      [ONE, "prod", "Admin", `prod-${ONE}/Admin`],
      [TWO, "prod\u00a0", "Admin", `prod\u00a0-${TWO}/Admin`],
      [THREE, "\uff50rod", "Admin", `\uff50rod-${THREE}/Admin`],
    ],
    "what is not seen": [[ONE, "pro\u200bd", "Admin", `${ONE}/Admin`], [TWO, "prod", "Admin", "prod/Admin"]],
    "no name": [[ONE, "", "Admin", `${ONE}/Admin`], [TWO, "a[b]", "Admin", `${TWO}/Admin`]],
    "another account's digits at the end": [
      [ONE, "prod", "Admin", `prod-${ONE}/Admin`],
      [TWO, "prod", "Admin", `prod-${TWO}/Admin`],
      [THREE, `prod-${ONE}`, "Admin", `${THREE}/Admin`],
    ],
    "another account's digits": [[ONE, TWO, "Admin", `${ONE}/Admin`], [TWO, ONE, "Admin", `${TWO}/Admin`]],
    "digits of an account that is not listed": [[ONE, `x ${TWO} `, "Admin", `${ONE}/Admin`]],
    "a slash": [[ONE, "a/b", "c", `${ONE}/c`], [TWO, "a", "b", "a/b"]],
    "a provider before it": [[ONE, "sso/plat", "c", `${ONE}/c`], [TWO, "plat", "c", "plat/c"]],
    "a role twice": [[ONE, "dev", "Admin", "dev/Admin"], [ONE, "dev", "Admin"]],
    "roles in two cases": [[ONE, "dev", "Admin"], [ONE, "dev", "admin"], [ONE, "dev", "View", "dev/View"]],
  };

for (const [what, accounts] of Object.entries(NAMED)) {
  Deno.test(`found identities: no name can be read as another account's: ${what}`, () => {
    const roles = accounts.map(([id, name, role]) => inAccount(id, name, role));
    const expected = accounts.flatMap(([id, , , found]) => found === undefined ? [] : [`${found} ${id}`]).toSorted();
    for (const order of [roles, roles.toReversed()]) {
      const named = nameFoundRoles(order);
      deepEqual(named.map(({ name, accountId }) => `${name} ${accountId}`).toSorted(), expected);
    }
  });
}

Deno.test("found identities: names of the Go atmos's file are made anew from its accounts", async () => {
  const file = GO_FILE.replace("        Prod/ReadOnly:", `        Prod-${ONE}/ReadOnly:`)
    .replace(/name: Prod\n(?=\s+name: ReadOnly)/, `name: Prod-${ONE}\n`);
  const { model, names } = await modelOf(configured(""), { [PATH]: file });
  deepEqual(names, ["012345678901/ReadOnly", "Prod/Admin"]);
  equal(model.identities.get("012345678901/ReadOnly")?.accountId, "012345678901");
});

Deno.test("found identities: one configuration's are not written over another's of the same provider name", async () => {
  const { host, disk } = configWorld({});
  const other = { ...SESSION, startUrl: "https://other.awsapps.com/start" };
  const roles = nameFoundRoles([inAccount(ONE, "dev")]);
  disk.put(PATH, GO_FILE, { mode: 0o600 });
  equal(await writeFoundIdentities(host, { provider: "SSO", session: other, foundAt: 1_000, roles }), undefined);
  const [shared, own] = await listFoundIdentitiesPaths(host, { provider: "SSO", session: other });
  deepEqual([shared, disk.text(PATH)], [PATH, GO_FILE]);
  equal(disk.reader.stat(own!)!.mode & 0o777, 0o600);
  deepEqual((await modelOf(configured(""), { [PATH]: GO_FILE, [own!]: disk.text(own!)! })).names.length, 2);
  const theirs = configured("").replace("company", "other");
  deepEqual((await modelOf(theirs, { [PATH]: GO_FILE, [own!]: disk.text(own!)! })).names, ["dev/Admin"]);
  equal(await writeFoundIdentities(host, { provider: "sso", session: SESSION, foundAt: 1_000, roles }), undefined);
  deepEqual((await modelOf(configured(""), { [PATH]: disk.text(PATH)! })).names, ["dev/Admin"]);
});
