import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryEdit, RecordedContext } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { atmosPlugin, awsPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import { clusterFacts, mergeOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const OLD = "https://old.example.com";

/** A file with a context of the cluster "x" at another server, and what is recorded of it. */
function before(alias = "prod", more: Parameters<typeof clusterFacts>[1] = {}) {
  const { text, recorded } = writtenBefore(clusterFacts("x", { alias, endpoint: OLD, ...more }));
  return { text, recorded: recorded[0]! };
}

function edited(source: string, edit: EntryEdit) {
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  return { text, error: outcome instanceof AppError ? outcome : undefined };
}

function x(alias: string, more: Partial<EntryEdit> = {}, facts: Parameters<typeof clusterFacts>[1] = {}): EntryEdit {
  return mergeOf(clusterFacts("x", { alias, ...facts }), more);
}

const MOVES: readonly (readonly [what: string, more: (recorded: readonly RecordedContext[]) => Partial<EntryEdit>])[] =
  [
    ["EKS itself says so", () => ({})],
    ["its configuration has written all of its contexts", (written) => ({ hearsay: [], written })],
    ["the same endpoint said so when it was written", (hearsay) => ({ hearsay })],
  ];

for (const [what, more] of MOVES) {
  Deno.test(`an entry leads to another server where ${what}`, () => {
    const { text, recorded } = before();
    for (const name of ["prod", "other"]) {
      const { error, text: after } = edited(text, x(name, more(recorded)));
      equal(error, undefined);
      match(after, /server: https:\/\/x\.example\.com\n/);
    }
  });
}

const STAYS: readonly (readonly [what: string, change: (text: string) => string])[] = [
  ["its server", (text) => text],
  ["its certificate authority", (text) => text.replace(OLD, "https://x.example.com").replace("LS0tLS1C", "LS0tLS1D")],
  [
    "its file of a certificate authority",
    (text) =>
      text.replace(OLD, "https://x.example.com").replace(
        /certificate-authority-data: .*/,
        "certificate-authority: /ca",
      ),
  ],
];

for (const [what, change] of STAYS) {
  Deno.test(`on any other word an entry keeps ${what}, whatever the context is called`, () => {
    const { text, recorded } = before();
    const source = change(text);
    const pointed = recorded.map((one) => ({ ...one, user: "by-hand" }));
    for (const update of ["merge", "replace"] as const) {
      for (const name of ["prod", "other"]) {
        for (const known of [[], pointed]) {
          const { error, text: after } = edited(source, x(name, { update, hearsay: known, written: known }));
          match(error?.message ?? "", /^Cannot change cluster "arn:.*only EKS itself may report/);
          match(renderRemedy({}, error!), /--kubeconfig PATH/);
          equal(after, source);
        }
      }
    }
  });
}

Deno.test("a cluster that a foreign context uses as well is not the configuration's alone", () => {
  const { text, recorded } = before();
  const source = text.replace(
    "contexts:\n",
    `contexts:\n- {name: mine, context: {cluster: "${recorded[0]!.cluster}"}}\n`,
  );
  ok(edited(source, x("prod", { hearsay: [], written: recorded })).error);
});

Deno.test("the same server, however its address is spelt, is no other one", () => {
  const { text } = before("prod", { endpoint: "https://X.example.com/" });
  equal(edited(text, x("prod", { hearsay: [] })).error, undefined);
});

Deno.test("a context that another configuration has for another identity stays; for the same one it is shared", () => {
  const { text, recorded: foreign } = before("prod", { profile: "admin" });
  const { error, text: after } = edited(text, x("prod", { foreign }, { profile: "viewer" }));
  equal(error?.message, 'Cannot use context name "prod": it belongs to another identity');
  equal(after, text);
  equal(edited(text, x("prod", { foreign }, { profile: "admin" })).error, undefined);
  equal(edited(text, x("other", { foreign }, { profile: "viewer" })).error, undefined);
  const pointed = foreign.map((one) => ({ ...one, user: "by-hand" }));
  equal(edited(text, x("prod", { foreign: pointed }, { profile: "viewer" })).error, undefined);
});

Deno.test("an identity of the same name is another one where the plugin names another configuration", () => {
  const exec = (config: string) =>
    atmosPlugin({ clusterName: "x", region: "us-east-2", identity: "admin", configFlags: [`--config=${config}`] }, {
      command: "/opt/atmos",
      args: [],
    });
  const { text, recorded: foreign } = before("prod", { exec: exec("/own/atmos.yaml") });
  for (const more of [{ foreign }, { editable: [] }]) {
    ok(edited(text, x("prod", more, { exec: exec("/clone/atmos.yaml") })).error);
    equal(edited(text, x("prod", more, { exec: exec("/own/atmos.yaml") })).error, undefined);
  }
});

Deno.test("what a configuration replaces has no contexts of others, and none of its names for another cluster", () => {
  const { text, recorded } = before();
  const y = (more: Partial<EntryEdit>, alias = "prod") =>
    mergeOf(clusterFacts("y", { alias }), { update: "replace", ...more });
  const refused = [y({}), y({ foreign: recorded }), y({ foreign: recorded }, "mine")];
  for (const edit of refused) {
    const { error, text: after } = edited(text, edit);
    match(error?.message ?? "", /^Cannot replace the file: its context "prod" is not of this configuration$/);
    equal(after, text);
  }
  for (const edit of [y({ written: recorded }), y({ isReplaceTyped: true, foreign: recorded }), y({}, "mine")]) {
    const { error, text: after } = edited(text, edit);
    equal(error, undefined);
    ok(!after.includes(OLD));
  }
});

Deno.test("one that may not replace the file holds no other back", () => {
  const { text, recorded } = before();
  const edits = [mergeOf(clusterFacts("y", { alias: "y" }), { update: "replace", foreign: recorded }), x("mine")];
  const { text: after, outcomes } = editEntries({ source: text, edits });
  deepEqual(outcomes.map((one) => one instanceof Error), [true, false]);
  match(after, /- name: prod\n[^]*- name: mine\n/);
});

Deno.test("adopted is what was there, and neither this edit nor another one of its configuration has written", () => {
  const { text, recorded } = before("prod", { endpoint: "https://x.example.com" });
  const adopted = (edit: EntryEdit) => {
    const { outcomes: [outcome] } = editEntries({ source: text, edits: [edit] });
    if (outcome instanceof Error) throw outcome;
    return [outcome!.adopted, outcome!.isClusterNew];
  };
  deepEqual(adopted(x("prod")), [["prod"], false]);
  deepEqual(adopted(x("prod", { recorded })), [[], false]);
  deepEqual(adopted(x("prod", { written: recorded })), [[], false]);
  deepEqual(adopted(x("prod", { written: recorded.map((one) => ({ ...one, user: "by-hand" })) })), [["prod"], false]);
  deepEqual(adopted(x("prod", { recorded: recorded.map((one) => ({ ...one, adopted: true as const })) })), [
    ["prod"],
    false,
  ]);
  deepEqual(adopted(x("new", { recorded })), [[], false]);
  deepEqual(adopted(mergeOf(clusterFacts("y", { alias: "y" }))), [[], true]);
});

const addEnv = (name: string) => (text: string) =>
  text.replace(/( {6})args:/, `$1env: [{name: ${name}, value: x}]\n$1args:`);
/** What else may decide who signs, in the entry of a user who wrote it by hand. */
const SAYS_MORE: readonly ((text: string) => string)[] = [
  ...[
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "aws_profile",
    "HOME",
  ]
    .map(addEnv),
  (text) => text.replace("command: aws\n", "command: /opt/wrapper/aws\n"),
  ...["--no-sign-request", "--prof=boss", "--endpoint-url=https://x.example"].map((word) => (text: string) =>
    text.replace(/(\s+)- get-token\n/, `$1- get-token$1- ${word}\n`)
  ),
];

Deno.test("a context on no record that is just as it would be written is taken, its pinned variables and all", () => {
  const files = { config: "/c", credentials: "/s" };
  for (const profileFiles of [files, undefined]) {
    const exec = awsPlugin({ clusterName: "x", region: "us-east-2", profile: "dev", profileFiles });
    const { text } = before("prod", { exec, endpoint: "https://x.example.com" });
    equal(edited(text, x("prod", { editable: [] }, { exec })).error, undefined);
  }
});

Deno.test("a context on no record of this program is taken where no script stands in its place", () => {
  const exec = (command: string) =>
    atmosPlugin({ clusterName: "x", region: "us-east-2", identity: "dev" }, { command, args: [] });
  const { text } = before("prod", { exec: exec("/opt/atmos"), endpoint: "https://x.example.com" });
  equal(edited(text, x("prod", { editable: [] }, { exec: exec("/opt/atmos") })).error, undefined);
  ok(edited(text, x("prod", { editable: [] }, { exec: exec("/usr/bin/atmos") })).error);
  ok(
    edited(
      text.replace(/(\s+)- token\n/, "$1- token$1- --config$1- x\n"),
      x("prod", { editable: [] }, { exec: exec("/opt/atmos") }),
    ).error,
  );
});

Deno.test("a context on no record is not made to act as another identity, unless a user names it", () => {
  const { text } = before("prod", { endpoint: "https://x.example.com" });
  const byHand = text.replace(/ {4}exec:\n(?: {6}.*\n)+/, "    token: mine\n");
  const others = [
    text.replace("- dev-x\n", "- other-x\n").replace(/(\s+)- get-token\n/, "$1- get-token$1- --role-arn$1- arn:r\n"),
    byHand,
    ...SAYS_MORE.map((change) => change(text)),
  ];
  for (const file of others) {
    const refused = edited(file, x("prod", { editable: [] }));
    equal(refused.text, file);
    match(
      String(refused.error),
      /Cannot use context name "prod": its user or namespace is not one that atmos has written/,
    );
    equal(edited(file, x("prod", { editable: [], areNamesTyped: true })).error, undefined);
  }
  const led = edited(text, x("prod", { editable: [] }, { namespace: "theirs" }));
  equal(led.error?.code, "kubeconfig-merge");
  equal(edited(text, x("prod", { editable: [] })).error, undefined);
});
