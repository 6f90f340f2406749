import { deepEqual } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import type { RunInput } from "../../../../src/integrations/contract/runner.ts";
import type { EksIntegration } from "../../../../src/integrations/eks/eks_integration.ts";
import { findForeignContext } from "../../../../src/integrations/eks/foreign_context.ts";
import { findIdentityContexts } from "../../../../src/integrations/eks/identity_contexts.ts";
import { findLinked } from "../../../../src/integrations/contract/linked.ts";
import { runInputs } from "../../../../src/integrations/run_input.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const FILE = "/home/me/.config/atmos/kube/config";
const AUTH = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "111111111111"}}}
    named: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {name: somewhere}}}
    lent: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Reader, account: {id: "111111111111"}}}
    prod: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "222222222222"}}}
  integrations:
    second: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: two, region: us-east-2, aliases: [b, a]}}}
    first: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: one, region: us-east-2, alias: one}}}
    third: {kind: aws/eks, via: {identity: prod}, spec: {cluster: {name: one, region: us-west-2, alias: prod}}}
    fourth: {kind: aws/eks, via: {identity: named}, spec: {cluster: {name: one, region: eu-west-1, alias: named}}}
    fifth:
      kind: aws/eks
      via: {identity: lent}
      spec: {cluster: {name: five, region: us-west-2, alias: lent, describe_identity: prod}}
`;

const arn = (cluster: string, region = "us-east-2", account = "111111111111") =>
  `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
const [ONE, TWO] = [arn("one"), arn("two")];
const PROD = arn("one", "us-west-2", "222222222222");
const NAMED = arn("one", "eu-west-1", "333333333333");

interface User {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

const aws = (cluster: string, region = "us-east-2", profile?: string): User => ({
  command: "aws",
  args: ["eks", "get-token", "--cluster-name", cluster, "--region", region],
  ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
});
const atmos = (identity: string, directory = "repo"): User => ({
  command: "/bin/atmos",
  args: [
    ...["aws", "eks", "token", "--cluster-name", "one", "--region", "us-east-2", `--identity=${identity}`],
    `--config=/home/me/${directory}/atmos.yaml`,
  ],
});

type Context = readonly [name: string, cluster: string, user: User | "none"];
type Recorded = readonly [integration: string, identity: string, name: string, cluster: string, user?: string];

interface World {
  /** The user of a context is called by its name. */
  readonly contexts: readonly Context[];
  readonly recorded?: readonly Recorded[];
  /** Of the configuration that the record names; null for none. */
  readonly location?: string | null;
  readonly current?: string;
}

async function read(identity: string, world: World & { readonly text?: string }) {
  const { contexts, recorded = [], location = AUTHOR.location, current, text } = world;
  const config = {
    "current-context": current ?? "",
    contexts: contexts.map(([name, cluster]) => ({ name, context: { cluster, user: `user-${name}` } })),
    clusters: [...new Set(contexts.map(([, cluster]) => cluster))].map((name) => ({ name, cluster: {} })),
    users: contexts.flatMap(([name, , exec]) => exec === "none" ? [] : [{ name: `user-${name}`, user: { exec } }]),
  };
  const records = recorded.map(([integration, identity, name, cluster, user = `user-${name}`]) => ({
    file: FILE,
    ...(location === null ? {} : { configLocation: location }),
    integration,
    identity,
    contexts: [{ name, cluster, user }],
  }));
  const { host } = configWorld({
    files: {
      [FILE]: text ?? JSON.stringify(config),
      "/home/me/copy": JSON.stringify(config),
      "/home/me/.local/state/atmos/kube/contexts.json": JSON.stringify(records),
    },
  });
  const { model } = await validated(AUTH);
  const chain = buildChain(model, identity);
  const integrations = findLinked(model, chain) as readonly EksIntegration[];
  const author = AUTHOR;
  const configFlags = ["--config=/home/me/repo/atmos.yaml"];
  const inputs = await runInputs(host, {
    author,
    model,
    chain,
    integrations,
    configFlags,
    credentialsOf: () => Promise.reject(new Error("none are asked for")),
  }) as readonly RunInput<EksIntegration>[];
  const account = chain.identities.at(-1)!.accountId;
  const known = { model, identity, account, author, configFlags, linked: integrations };
  return {
    own: findIdentityContexts(host, { model, identity, account, author, inputs }).map(({ name, isLinked }) =>
      isLinked ? name : `(${name})`
    ),
    foreign: findForeignContext(host, { ...known, files: [FILE] }),
    copied: findForeignContext(host, { ...known, files: ["/home/me/copy"] }),
  };
}

const CASES: Readonly<Record<string, World & { readonly identity?: string; readonly own: readonly string[] }>> = {
  "in the order of atmos.yaml and of aliases, whatever that of the file is": {
    contexts: [["a", TWO, aws("two")], ["one", ONE, aws("one")], ["b", TWO, aws("two")]],
    recorded: [["second", "dev", "a", TWO], ["second", "dev", "b", TWO], ["first", "dev", "one", ONE]],
    own: ["b", "a", "one"],
  },
  "without a record, under the names of today": {
    contexts: [["one", ONE, aws("one")], ["b", TWO, aws("two")]],
    own: ["b", "one"],
  },
  "with a plugin that names the identity": { contexts: [["one", ONE, atmos("Dev")]], own: ["one"] },
  "not with one that names another": {
    contexts: [["one", ONE, atmos("prod")], ["b", TWO, aws("two", "us-east-2", "prod")]],
    recorded: [["first", "dev", "one", ONE], ["second", "dev", "b", TWO]],
    own: [],
  },
  "not with one that names an identity of another configuration": {
    contexts: [["one", ONE, atmos("dev", "clone")]],
    own: [],
  },
  "not what was recorded for an identity of another configuration": {
    contexts: [["old", arn("old"), aws("old")]],
    recorded: [["former", "dev", "old", arn("old")]],
    location: "/home/me/clone",
    own: [],
  },
  "nor for one of which nothing says whose it is": {
    contexts: [["old", arn("old"), aws("old")]],
    recorded: [["former", "dev", "old", arn("old")]],
    location: null,
    own: [],
  },
  "not another cluster under the same name": { contexts: [["one", PROD, aws("one", "us-west-2")]], own: [] },
  "nor another account's": {
    contexts: [["one", arn("one", "us-east-2", "999999999999"), aws("one")]],
    recorded: [["first", "dev", "one", arn("one", "us-east-2", "999999999999")]],
    own: [],
  },
  "nor what was recorded for an identity of that name when it was in another account": {
    contexts: [["old", arn("old", "us-east-2", "999999999999"), aws("old")]],
    recorded: [["former", "dev", "old", arn("old", "us-east-2", "999999999999")]],
    own: [],
  },
  "a cluster in the account of the identity that describes it": {
    identity: "lent",
    contexts: [["lent", arn("five", "us-west-2", "222222222222"), aws("five", "us-west-2")]],
    own: ["lent"],
  },
  "of an account that atmos.yaml does not say, only what was recorded": {
    identity: "named",
    contexts: [["named", NAMED, aws("one", "eu-west-1")]],
    own: [],
  },
  "which is the identity's": {
    identity: "named",
    contexts: [["named", NAMED, aws("one", "eu-west-1")]],
    recorded: [["fourth", "named", "named", NAMED]],
    own: ["named"],
  },
  "a plugin of the user's, for a recorded context": {
    contexts: [["one", ONE, { command: "mine", args: [] }]],
    recorded: [["first", "dev", "one", ONE]],
    own: ["one"],
  },
  "not for one that is not": { contexts: [["one", ONE, { command: "mine", args: [] }]], own: [] },
  ...Object.fromEntries(
    Object.entries({
      "keys of its own": { env: [{ name: "AWS_ACCESS_KEY_ID", value: "AKIA" }] },
      "another variable": { env: [{ name: "aws_profile", value: "boss" }] },
      "a role": { args: [...aws("one").args, "--role-arn", "arn:aws:iam::111111111111:role/boss"] },
      "a flag that is abbreviated": { args: [...aws("one").args, "--prof", "boss"] },
      "another program of the name": { command: "/opt/wrapper/aws" },
    }).map(([what, more]) => [
      `nor one on no record with ${what}`,
      { contexts: [["one", ONE, { ...aws("one"), ...more }]], own: [] },
    ]),
  ),
  "not without a user": { contexts: [["one", ONE, "none"]], recorded: [["first", "dev", "one", ONE]], own: [] },
  "of a former integration, last": {
    contexts: [["old", arn("old"), aws("old")], ["one", ONE, aws("one")]],
    recorded: [["former", "dev", "old", arn("old")]],
    own: ["one", "(old)"],
  },
  "one that the user has renamed, after the others": {
    contexts: [["mine", ONE, aws("one")], ["one", ONE, aws("one")]],
    recorded: [["first", "dev", "one", ONE, "user-mine"]],
    own: ["one", "mine"],
  },
  "not what was recorded for another identity": {
    contexts: [["prod", PROD, aws("one", "us-west-2")]],
    recorded: [["third", "prod", "prod", PROD]],
    own: [],
  },
};

for (const [name, { identity = "dev", own, ...world }] of Object.entries(CASES)) {
  Deno.test(`identity's contexts: ${name}`, async () => deepEqual((await read(identity, world)).own, own));
}

interface Foreign extends World {
  readonly owner: string | undefined | false;
  readonly isOfAnother?: true;
}

const FOREIGN: Readonly<Record<string, Foreign>> = {
  "recorded for another": {
    contexts: [["x", arn("x"), aws("x")]],
    recorded: [["third", "prod", "x", arn("x")]],
    owner: "prod",
  },
  "recorded for another, and renamed": {
    contexts: [["x", arn("x"), aws("x")]],
    recorded: [["third", "prod", "before", arn("x"), "user-x"]],
    owner: "prod",
  },
  "a plugin that acts as another": { contexts: [["x", arn("x"), atmos("prod")]], owner: "prod" },
  "a plugin that acts as one that atmos.yaml does not have": {
    contexts: [["x", arn("x"), atmos("gone")]],
    owner: "gone",
  },
  "a profile of another": { contexts: [["x", arn("x"), aws("x", "us-east-2", "prod")]], owner: "prod" },
  "another's cluster": { contexts: [["x", PROD, { command: "mine", args: [] }]], owner: "prod" },
  "recorded for another configuration's identity of that name": {
    contexts: [["x", arn("x"), aws("x")]],
    recorded: [["first", "dev", "x", arn("x")]],
    location: "/home/me/clone",
    owner: "dev",
    isOfAnother: true,
  },
  "recorded for one that has moved, or that nothing names": {
    contexts: [["x", arn("x"), aws("x", "us-east-2", "dev")]],
    recorded: [["first", "dev", "x", arn("x")]],
    location: null,
    owner: "dev",
    isOfAnother: true,
  },
  "a plugin that acts as another configuration's identity of that name": {
    contexts: [["x", arn("x"), atmos("dev", "clone")]],
    owner: "dev",
    isOfAnother: true,
  },
  "a plugin that acts as another configuration's identity": {
    contexts: [["x", arn("x"), atmos("admin", "clone")]],
    owner: "admin",
    isOfAnother: true,
  },
  "recorded for an identity of that name when it was in another account": {
    contexts: [["x", arn("x", "us-east-2", "999999999999"), aws("x")]],
    recorded: [["former", "dev", "x", arn("x", "us-east-2", "999999999999")]],
    owner: undefined,
  },
  "written by flags": {
    contexts: [["x", arn("x"), aws("x")]],
    recorded: [["", "", "x", arn("x")]],
    location: null,
    owner: false,
  },
  "the user's own": { contexts: [["x", "kind", { command: "mine", args: [] }]], owner: false },
  "the user's own profile": { contexts: [["x", arn("x"), aws("x", "us-east-2", "corp")]], owner: false },
  "its own cluster, added by other means": { contexts: [["x", ONE, { command: "mine", args: [] }]], owner: false },
  "its own identity": { contexts: [["x", arn("x"), atmos("dev")]], owner: false },
};

for (const [name, { owner, isOfAnother = false, ...world }] of Object.entries(FOREIGN)) {
  Deno.test(`foreign context: ${name}`, async () => {
    const { foreign, copied } = await read("dev", { ...world, current: "x" });
    deepEqual(copied, foreign);
    deepEqual(foreign, owner === false ? undefined : { name: "x", owner, isOfAnother });
    deepEqual((await read("dev", world)).foreign, undefined, "no current-context");
    deepEqual((await read("dev", { ...world, current: "gone" })).foreign, undefined);
  });
}

Deno.test("foreign context: a file that cannot be read may have one, where there are clusters at all", async () => {
  const { foreign, own } = await read("dev", { contexts: [], text: "contexts: {\n" });
  deepEqual([foreign, own], [{ unreadable: FILE }, []]);
  const { host } = configWorld({ files: { [FILE]: "contexts: {\n" } });
  const model = { integrations: new Map(), identities: new Map() };
  const known = {
    model,
    identity: "dev",
    account: undefined,
    author: AUTHOR,
    configFlags: [],
    linked: [],
    files: [FILE],
  };
  deepEqual(findForeignContext(host, known), undefined);
});
