import { deepEqual, equal, ok } from "node:assert/strict";
import { documentText, PLAIN_LAYOUT } from "../../src/formats/yaml/render.ts";
import type { YamlMap } from "../../src/formats/yaml/value.ts";
import { buildEntry, buildWholeConfig } from "../../src/kube/kubeconfig/entry.ts";
import { editOne } from "../support/kubeconfig/edit_one.ts";
import { devFacts } from "../support/kubeconfig/entry_facts.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const ignore = !hasProgram("kubectl", "kubectl as a judge of credentials beside a plugin");
const FACTS = devFacts({ endpoint: "https://127.0.0.1:1" });

interface Case {
  readonly beside: YamlMap;
  readonly replaced?: readonly string[];
  readonly preferred?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "nothing": { beside: {} },
  "a token": { beside: { token: "t" }, replaced: ["token"] },
  "an empty token": { beside: { token: "" } },
  "a token file": { beside: { tokenFile: "/etc/hostname" }, replaced: ["tokenFile"] },
  "a password": { beside: { username: "u", password: "p" }, replaced: ["username", "password"] },
  "a name alone": { beside: { username: "u" }, replaced: ["username"] },
  "a provider": { beside: { "auth-provider": { name: "oidc" } }, replaced: ["auth-provider"] },
  "a certificate": {
    beside: { "client-certificate-data": "QUJD", "client-key-data": "QUJD" },
    preferred: ["client-certificate-data"],
  },
  "a certificate's file": {
    beside: { "client-certificate": "/etc/hostname", "client-key": "/etc/hostname" },
    preferred: ["client-certificate"],
  },
  "a certificate without its key": {
    beside: { "client-certificate-data": "QUJD" },
    preferred: ["client-certificate-data"],
  },
  "a key alone": { beside: { "client-key-data": "QUJD" } },
  "another to act as": { beside: { as: "bob" } },
};

/** A kubeconfig of ours without a certificate authority, and with more in its user. */
function configWith(beside: YamlMap): string {
  const { clusters, users, ...rest } = buildWholeConfig([buildEntry(FACTS)], "dev-eks");
  const [user] = users as readonly { readonly name: string; readonly user: YamlMap }[];
  return documentText(PLAIN_LAYOUT, {
    ...rest,
    clusters: clusters!,
    users: [{ name: user!.name, user: { ...user!.user, ...beside } }],
  });
}

for (const [name, { beside, replaced = [], preferred = [] }] of Object.entries(CASES)) {
  Deno.test({
    name: `beside a plugin: ${name}: what keeps kubectl from running it is named, and is gone or said to stay`,
    ignore,
    fn: async () => {
      using home = tempHome();
      home.write("bin/aws", `#!/bin/sh\necho run >>'${home.at("runs")}'\nexit 1\n`, 0o700);
      const runsPlugin = async (text: string) => {
        home.write("runs", "");
        // Of a made up certificate authority kubectl would read no more.
        const path = home.write(
          "config",
          text.replace(/certificate-authority-data: .*/, "insecure-skip-tls-verify: true"),
        );
        const env = { PATH: `${home.at("bin")}:${Deno.env.get("PATH")}`, KUBECONFIG: path, HOME: home.path };
        await new Deno.Command("kubectl", { args: ["get", "--raw", "/version"], env }).output();
        return home.read("runs") !== "";
      };
      const source = configWith(beside);
      if (!await runsPlugin(source)) ok(replaced.length + preferred.length > 0);
      const { text, otherCredentials } = editOne({ source, facts: FACTS, update: "merge", switchContext: "never" });
      const { user, ...found } = otherCredentials ?? { user: undefined, replaced: [], preferred: [] };
      deepEqual(found, { replaced, preferred });
      equal(user, otherCredentials && "user-dev-cluster");
      equal(await runsPlugin(text), preferred.length === 0);
      for (const key of replaced) ok(!text.includes(`${key}:`), key);
      for (const key of preferred) ok(text.includes(`${key}: `), key);
      const again = editOne({ source: text, facts: FACTS, update: "merge", switchContext: "never" });
      deepEqual([again.text, again.otherCredentials?.replaced ?? []], [text, []]);
      deepEqual(again.otherCredentials?.preferred ?? [], preferred);
    },
  });
}
