import { TRUST } from "../../../src/remedy.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { TrustGate } from "../../../src/config/trust/trust_gate.ts";
import { trustedPowers, trustPowers } from "../../../src/config/trust/trust_list.ts";
import { loadConfig } from "../../../src/config/load_config.ts";
import { validateAuth } from "../../../src/integrations/validate_auth.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";

/** Entries of every family with a power, which lead to one another. */
const CONFIG = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://one.example/start"}
    page:
      kind: aws/saml
      url: "https://idp.example/x"
      region: us-east-2
      spec: {endpoint_url: "https://p.example"}
  identities:
    me: {kind: aws/ambient}
    base: {kind: aws/assume-role, via: {provider: page}, principal: {assume_role: "arn:aws:iam::123456789012:role/base"}}
    user: {kind: aws/user, credentials: {mfa_arn: "arn:aws:iam::123456789012:mfa/a"}, spec: {endpoint_url: "https://u.example"}}
    set:
      kind: aws/permission-set
      provider: sso
      alias: s
      principal: {name: Admin, account: "123456789012"}
      env: [{key: PAGER, value: cat}]
    role:
      kind: aws/assume-role
      via: {identity: BASE}
      principal: {assume_role: "arn:aws:iam::123456789012:role/ci", tags: {who: !env WHO}}
      region: us-east-2
      spec: {endpoint_url: "https://r.example"}
  integrations:
    eks:
      kind: aws/eks
      via: {identity: me}
      spec:
        cluster: {name: lab, region: us-east-2, alias: lab, describe_identity: set, proxy_url: "http://x.example"}
`;

const PROXY = "auth.integrations.eks.spec.cluster.proxy_url";
const DESCRIBER = "auth.integrations.eks.spec.cluster.describe_identity";
const ENV = "auth.identities.set.env[0]";
const [ROLE, TAG] = ["auth.identities.role.spec.endpoint_url", "auth.identities.role.principal.tags.who"];
const [USER, URL] = ["auth.identities.user.spec.endpoint_url", "auth.providers.page.url"];
const PAGE = [URL, "auth.providers.page.spec.endpoint_url"];

/** A computer that trusts the configuration, and what it wants to be asked about another text of it. */
async function trusting(who = "me") {
  const { host, disk } = configWorld({ files: { [FILE]: CONFIG }, env: { WHO: who } });
  const gate = new TrustGate(host, { command: () => TRUST });
  const look = async (text: string) => {
    disk.put(FILE, text);
    const { model } = await validateAuth(host, (await loadConfig(host, NOTHING_NAMED)).root);
    return await gate.untrusted(model.powers);
  };
  const trust = async (text: string) => {
    await trustPowers(host, (await look(text)).map(({ record }) => record));
    deepEqual(await look(text), []);
  };
  await trust(CONFIG);
  return { host, look, trust };
}

function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    equal(text.split(from).length, 2, from);
    return text.replace(from, to);
  }, CONFIG);
}

const ASKED: readonly (readonly [from: string, to: string, asked: readonly string[]])[] = [
  ["via: {identity: me}", "via: {identity: set}", [DESCRIBER, PROXY]],
  ["via: {identity: me}", "via: {provider: sso}", [DESCRIBER, PROXY]],
  ["name: lab", "name: prod", [DESCRIBER, PROXY]],
  ["lab, region: us-east-2", "lab, region: us-east-1", [DESCRIBER, PROXY]],
  ["alias: lab,", 'role_arn: "arn:aws:iam::123456789012:role/x",', [DESCRIBER, PROXY]],
  ["me: {kind: aws/ambient}", "me: {kind: aws/user}", [DESCRIBER, PROXY]],
  ["me: {kind: aws/ambient}", `me: {kind: aws/assume-role, via: {provider: page}, principal: {}}`, [DESCRIBER, PROXY]],
  ["account: ", "account: 3, x: ", [ENV, DESCRIBER, PROXY]],
  ["https://one.example", "https://two.example", [ENV, DESCRIBER, PROXY]],
  ["provider: sso", "provider: page", [ENV, DESCRIBER, PROXY]],
  ["role/ci", "role/other", [TAG, ROLE]],
  ["who: !env WHO", "who: !env WHO, more: x", [TAG, ROLE]],
  ["via: {identity: BASE}", "via: {identity: me}", [TAG, ROLE]],
  ["role/base", "role/other", [TAG, ROLE]],
  ["via: {provider: page}", "via: {provider: sso}", [TAG, ROLE]],
  ["kind: aws/saml", "kind: github/oidc", [...PAGE.slice(1), TAG, ROLE]],
  ["https://idp.example/x", "https://idp.example/y", [...PAGE, TAG, ROLE]],
  ["mfa/a", "mfa/b", [USER]],
];

for (const [from, to, asked] of ASKED) {
  Deno.test(`credential source: ${to} instead of ${from} asks again for what it would serve, and for nothing else`, async () => {
    const { look } = await trusting();
    const found = await look(edited([from, to]));
    deepEqual(found.map(({ path }) => path).toSorted(), asked.toSorted());
    ok(found.every(({ isChanged }) => isChanged));
  });
}

Deno.test("credential source: other ordinary edits never ask again", async () => {
  const { look } = await trusting();
  const edits: readonly (readonly [string, string])[] = [
    ["alias: lab", "alias: other, namespace: web, user_alias: u, exec_command: atmos"],
    ["alias: s", "alias: t"],
    [
      '      region: us-east-2\n      spec: {endpoint_url: "https://r',
      '      region: us-east-1\n      tags: [a]\n      spec: {endpoint_url: "https://r',
    ],
    ["start_url: ", "tags: [b], start_url: "],
    ["  integrations:\n", "    new: {kind: aws/user}\n  integrations:\n"],
    ["  providers:\n", "  # lines move\n  providers:\n    other: {kind: github/oidc}\n"],
    ["provider: sso", "via: {provider: sso}"],
  ];
  for (const edit of edits) deepEqual(await look(edited(edit)), [], edit[1]);
  deepEqual(await look(edited(...edits)), []);
});

Deno.test("credential source: what serves a provider's identities counts all of them", async () => {
  const { look, trust } = await trusting();
  const linked = edited(["via: {identity: me}", "via: {provider: sso}"], [", describe_identity: set", ""]);
  await trust(linked);
  const added = (entry: string) => linked.replace("  integrations:\n", `    added: ${entry}\n  integrations:\n`);
  const found = async (text: string) => (await look(text)).map(({ path }) => path);
  const set = (account: string) =>
    `{kind: aws/permission-set, via: {provider: SSO}, principal: {name: Admin, account: {id: "${account}"}}}`;
  const role = '{kind: aws/assume-role, via: {identity: set}, principal: {assume_role: "arn:aws:iam::1:role/x"}}';
  deepEqual(await found(added(set("210987654321"))), [PROXY]);
  deepEqual(await found(added(role.replace("::1:", "::123456789012:"))), [PROXY]);
  deepEqual(await found(linked.replace("start_url:", "auto_provision_identities: true, start_url:")), [PROXY]);
  deepEqual(await found(added("{kind: aws/ambient}")), []);
  deepEqual(await found(added(role.replace("via: {identity: set}", "via: {provider: page}"))), []);
  await trust(added(set("210987654321")));
  deepEqual(await found(added(set("333333333333"))), [PROXY]);
  deepEqual(await found(linked), []);
});

Deno.test("credential source: what a variable is does not count, which one it is does", async () => {
  const { host, look } = await trusting();
  deepEqual(trustedPowers(host), trustedPowers((await trusting("other")).host));
  deepEqual((await look(edited(["!env WHO", "!env HOME"]))).map(({ path }) => path), [TAG, ROLE]);
});

Deno.test("credential source: trust for one source does not take that for another away, unless the value is another", async () => {
  const { host, look, trust } = await trusting();
  const profile = edited(["role/ci", "role/profile"]);
  await trust(profile);
  deepEqual(await look(CONFIG), []);
  await trust(profile.replace("https://r.example", "https://new.example"));
  deepEqual((await look(profile)).map(({ path }) => path), [ROLE]);
  ok(trustedPowers(host).every(({ source }) => source !== undefined));
});

Deno.test("credential source: circles and endless chains come to an end, and what is far behind counts", async () => {
  const many = Array.from(
    { length: 3_000 },
    (_, at) =>
      `    i${at}: {kind: aws/assume-role, via: {identity: i${
        at + 1
      }}, principal: {}, spec: {endpoint_url: "https://x"}}\n`,
  );
  const config = (last: string) =>
    `auth:\n  identities:\n${
      many.join("")
    }    i3000: ${last}\n    a: {kind: aws/assume-role, via: {identity: a}, env: [{key: A, value: b}]}\n`;
  const { host, disk } = configWorld({ files: { [FILE]: "" } });
  const first = async (last: string) => {
    disk.put(FILE, config(last));
    const { model } = await validateAuth(host, (await loadConfig(host, NOTHING_NAMED)).root);
    for (const { source } of model.powers) source!();
    return model.powers.find(({ path }) => path === "auth.identities.i0.spec.endpoint_url")!.source!().text.reveal();
  };
  ok(await first("{kind: aws/ambient}") !== await first("{kind: aws/user}"));
});

Deno.test("credential source: the user's own endpoint is asked for where a clone says anything else of its entry, or whose credentials it gets", async () => {
  const own = CONFIG.replace("  integrations:", "    other: {kind: aws/ambient}\n  integrations:");
  const eks = (says: string) => `auth: {integrations: {eks: ${says}}}\n`;
  const cases: readonly (readonly [clone: string, asked: readonly string[]])[] = [
    ["stacks: {}\n", []],
    ["auth: {identities: {theirs: {kind: aws/ambient}}}\n", []],
    [eks("{via: {identity: other}}"), [DESCRIBER, PROXY]],
    ...["name: prod", "region: us-east-1", "alias: prod", "aliases: [prod]", "namespace: web"].map((says) =>
      [eks(`{spec: {cluster: {${says}}}}`), [DESCRIBER, PROXY]] as const
    ),
    ['auth: {identities: {set: {principal: {account: "210987654321"}}}}\n', [ENV, DESCRIBER, PROXY]],
  ];
  for (const [clone, asked] of cases) {
    const { host } = configWorld({ files: { "/home/me/.atmos/atmos.yaml": own, [FILE]: clone } });
    const { model } = await validateAuth(host, (await loadConfig(host, NOTHING_NAMED)).root);
    const found = await new TrustGate(host, { command: () => TRUST }).untrusted(model.powers);
    deepEqual(found.map(({ path }) => path).toSorted(), asked.toSorted(), clone);
  }
});
