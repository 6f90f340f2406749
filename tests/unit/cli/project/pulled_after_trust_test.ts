import { deepEqual } from "node:assert/strict";
import { defaultProfilePower } from "../../../../src/auth/model/default_profile.ts";
import { findConfigChanges } from "../../../../src/cli/project/config_changes.ts";
import { withStoredKeys } from "../../../../src/cli/project/stored_keys.ts";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { trustCommand } from "../../../../src/config/trust/trust_command.ts";
import { TrustGate } from "../../../../src/config/trust/trust_gate.ts";
import { trustPowers } from "../../../../src/config/trust/trust_list.ts";
import { validateAuth } from "../../../../src/integrations/validate_auth.ts";
import { configWorld, NOTHING_NAMED } from "../../../support/config/config_files.ts";

const OWN = "/home/me/.atmos/atmos.yaml";
const CLONE = "/home/me/repo/atmos.yaml";

/** A kubeconfig of other programs. */
const OTHERS = "contexts: [{name: mine, context: {cluster: x, user: y}}]\n";

/** What is asked of a later text of a clone's atmos.yaml, where a person has trusted all of the first. */
async function askedAfter(
  own: string,
  first: string,
  ...later: readonly string[]
): Promise<readonly (readonly string[])[]> {
  const { host, disk } = configWorld({ files: { [OWN]: own, [CLONE]: first }, env: { TOKEN: "t" } });
  for (const path of ["/srv/kc", "/srv/x", "/home/me/.config/atmos/kube/config"]) disk.put(path, OTHERS);
  const look = async (text: string) => {
    disk.put(CLONE, text);
    const config = await loadConfig(host, NOTHING_NAMED);
    const { model: read, root } = await validateAuth(host, config.root);
    const model = withStoredKeys({ model: read, config, root });
    const profile = model.identities.get("default");
    const powers = [
      ...await findConfigChanges(host, { config, root }),
      ...model.powers,
      ...(profile === undefined ? [] : [defaultProfilePower(profile, root)]),
    ];
    return await new TrustGate(host, { command: () => trustCommand(host, NOTHING_NAMED) }).untrusted(powers);
  };
  await trustPowers(host, (await look(first)).map(({ record }) => record));
  const asked = [];
  for (const text of [first, ...later]) asked.push((await look(text)).map(({ path }) => path).sort());
  return asked;
}

const SSO = '{kind: aws/iam-identity-center, region: us-east-2, start_url: "https://a.awsapps.com/start"}';
const set = (account: string, name = "Reader", more = "") =>
  `{kind: aws/permission-set, via: {provider: sso}, principal: {name: ${name}, account: {id: "${account}"}}${more}}`;
const clone = (identities: string, more = "") =>
  `auth: {providers: {sso: ${SSO}}, identities: {${identities}}${more}}\n`;
const [ONE, TWO] = ["123456789012", "210987654321"];
const ME =
  "auth: {providers: {mine: {kind: github/oidc, region: us-east-2}}, identities: {me: {kind: aws/assume-role, " +
  `via: {provider: mine}, principal: {assume_role: "arn:aws:iam::${ONE}:role/me"}}}`;

/** Of each, what a person trusts first, what asks again, and a change that does not. */
const CASES: Readonly<
  Record<string, {
    readonly own?: string;
    readonly first: string;
    readonly later: readonly string[];
    readonly asked: readonly string[];
    readonly same: string;
  }>
> = {
  "where an identity of the user's own leads": {
    own: `${ME}}\n`,
    first: clone(`a: ${set(ONE)}, me: {via: {provider: null, identity: a}}`),
    later: [
      clone(`a: ${set(TWO)}, me: {via: {provider: null, identity: a}}`),
      clone(`a: ${set(ONE, "Admin")}, me: {via: {provider: null, identity: a}}`),
      clone(`a: ${set(ONE)}, me: {via: {provider: null, identity: a}}`).replace("//a.aws", "//b.aws"),
    ],
    asked: ["auth.identities.me.via.identity", "auth.identities.me.via.provider"],
    same: clone(`a: ${set(ONE)}, b: ${set(TWO)}, me: {via: {provider: null, identity: a}}`),
  },
  "whose alias an identity takes": {
    own: `${ME.replace("via:", "alias: prod, via:")}}\n`,
    first: clone(`prod: ${set(ONE)}`),
    later: [clone(`prod: ${set(ONE)}`).replace("//a.aws", "//b.aws")],
    asked: ["auth.identities.prod"],
    same: clone(`prod: ${set(ONE)}, other: ${set(TWO)}`),
  },
  "as whom an integration of the user's own is provisioned": {
    own:
      "auth: {integrations: {i: {kind: aws/eks, via: {identity: a}, spec: {cluster: {name: c, region: us-east-2, alias: c}}}}}\n",
    first: clone(`a: ${set(ONE)}`),
    later: [clone(`a: ${set(TWO)}`), clone(`a: ${set(ONE, "Admin")}`)],
    asked: ["auth.identities.a"],
    same: clone(`a: ${set(ONE)}, b: ${set(TWO)}`),
  },
  "who is the default AWS profile": {
    first: clone(`default: ${set(ONE)}`),
    later: [clone(`default: ${set(TWO)}`), clone(`default: ${set(ONE, "Admin")}`)],
    asked: ["auth.identities.default"],
    same: clone(`default: ${set(ONE, "Reader", ", region: eu-west-1")}, b: ${set(TWO)}`),
  },
  "whose stored keys are used": {
    own: "auth: {realm: mine}\n",
    first: "auth: {identities: {u: {kind: aws/user}}}\n",
    later: [`auth: {identities: {u: {kind: aws/user, credentials: {mfa_arn: "arn:aws:iam::${ONE}:mfa/u"}}}}\n`],
    asked: ["auth.identities.u"],
    same: "auth: {identities: {u: {kind: aws/user, region: us-east-1}}}\n",
  },
  "what AWS hands on to the roles that are assumed from one": {
    first: clone(
      `a: ${
        set(ONE)
      }, r: {kind: aws/assume-role, via: {identity: a}, principal: {assume_role: "arn:aws:iam::${ONE}:role/r", source_identity: !env TOKEN}}`,
    ),
    later: [
      clone(
        `a: ${
          set(ONE)
        }, r: {kind: aws/assume-role, via: {identity: a}, principal: {assume_role: "arn:aws:iam::${ONE}:role/r", source_identity: !env TOKEN}}, ` +
          `s: {kind: aws/assume-role, via: {identity: r}, principal: {assume_role: "arn:aws:iam::${TWO}:role/s"}}`,
      ),
    ],
    asked: ["auth.identities.r.principal.source_identity"],
    same: clone(
      `a: ${
        set(ONE)
      }, r: {kind: aws/assume-role, region: us-east-1, via: {identity: a}, principal: {assume_role: "arn:aws:iam::${ONE}:role/r", source_identity: !env TOKEN}}`,
    ),
  },
};

for (const [what, { own = "stacks: {}\n", first, later, asked, same }] of Object.entries(CASES)) {
  Deno.test(`pulled after trust: ${what} is asked again where it is another, and only then`, async () => {
    const found = await askedAfter(own, first, same, ...later);
    deepEqual(found, [[], [], ...later.map(() => asked)]);
  });
}

const KUBECONFIG = clone(
  `a: ${set(ONE)}`,
  ", integrations: {i: {kind: aws/eks, via: {identity: a}, spec: {cluster: {name: c, region: us-east-2, alias: c, " +
    'kubeconfig: {path: /srv/kc, mode: "0644", update: replace}}}}}',
);

Deno.test("pulled after trust: a mode and an update were trusted for their kubeconfig, and for no other", async () => {
  const asked = (...names: readonly string[]) =>
    names.map((name) => `auth.integrations.i.spec.cluster.kubeconfig.${name}`);
  const [dropped, moved] = [KUBECONFIG.replace("path: /srv/kc, ", ""), KUBECONFIG.replace("/srv/kc", "/srv/x")];
  deepEqual(await askedAfter("stacks: {}\n", KUBECONFIG, dropped, moved), [
    [],
    asked("mode", "update"),
    asked("mode", "path", "update"),
  ]);
});
