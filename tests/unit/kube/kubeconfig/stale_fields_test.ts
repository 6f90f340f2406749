import { equal, match, ok } from "node:assert/strict";
import { atmosPlugin, awsPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import type { EntryEdit } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { clusterFacts, mergeOf, rememberedOf, writtenBefore } from "../../../support/kubeconfig/written_before.ts";

const PLAIN = clusterFacts("c", { alias: "dev" });
const FIELDS = { namespace: "core", proxyUrl: "http://proxy:3128", tlsServerName: "c.internal" };
const FULL: EntryFacts = { ...PLAIN, ...FIELDS };
const OURS: EntryFacts = {
  ...PLAIN,
  exec: atmosPlugin({ clusterName: "c", region: "us-east-2", identity: "dev" }, { command: "/bin/atmos", args: [] }),
};

/** What becomes of a text; the same again changes nothing. */
function after(source: string, edit: EntryEdit): string {
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  equal(editEntries({ source: text, edits: [{ ...edit, recorded: rememberedOf(outcome!) }] }).text, text);
  return text;
}

Deno.test("what was written because it was asked for goes when it is not any more: the entry is as if it had never been", () => {
  const { text, recorded } = writtenBefore(FULL);
  equal(after(text, mergeOf(PLAIN, { recorded: recorded[0]! })), writtenBefore(PLAIN).text);
  equal(after(text, mergeOf(FULL, { recorded: recorded[0]! })), text);
});

Deno.test("one of them may go, and the others stay; a comment beside them stays with the lines that stay", () => {
  const { text, recorded } = writtenBefore(FULL);
  const source = text.replace("    proxy-url:", "    # the way out\n    proxy-url:");
  const { tlsServerName: _, ...facts } = FULL;
  equal(
    after(source, mergeOf(facts, { recorded: recorded[0]! })),
    source.replace("    tls-server-name: c.internal\n", ""),
  );
});

Deno.test("what a user has changed or added stays, and what is not recorded", () => {
  const { text, recorded } = writtenBefore(FULL);
  const mine = text.replace("core", "web").replace("proxy:3128", "mine:1").replace("c.internal", "mine.internal");
  equal(after(mine, mergeOf(PLAIN, { recorded: recorded[0]! })), mine);
  const names = recorded[0]!.map(({ name, cluster, user }) => ({ name, cluster, user }));
  equal(after(text, mergeOf(PLAIN, { recorded: names })), text);
  equal(after(text, mergeOf(PLAIN)), text);
  const { text: plain, recorded: known } = writtenBefore(PLAIN);
  const added = plain.replace("    user: user-c\n", "    user: user-c\n    namespace: core\n");
  equal(after(added, mergeOf(PLAIN, { recorded: known[0]! })), added);
});

Deno.test("what was written for another cluster does not count: there, the same value is the user's", () => {
  const { text, recorded } = writtenBefore({ ...clusterFacts("two", { alias: "other" }), proxyUrl: "http://p" }, {
    ...PLAIN,
    proxyUrl: "http://p",
  });
  const edit = mergeOf(clusterFacts("two", { alias: "dev" }), { recorded: recorded[1]! });
  equal(after(text, edit).match(/proxy-url: http:\/\/p\n/g)?.length, 1);
});

Deno.test("a field of a cluster that another integration asks for stays", () => {
  const other = clusterFacts("c", { alias: "other", profile: "admin", ...FIELDS });
  const { text, recorded } = writtenBefore(FULL, other);
  const edits = [PLAIN, other].map((facts, at) => mergeOf(facts, { recorded: recorded[at]! }));
  for (const both of [edits, edits.toReversed()]) {
    const { text: now } = editEntries({ source: text, edits: both });
    match(now, /proxy-url: http:\/\/proxy:3128\n/);
    equal(now.match(/namespace: core\n/g)?.length, 1);
  }
});

Deno.test("a context that is renamed loses them as well, and one without an alias is not retained for them", () => {
  const { text, recorded } = writtenBefore({ ...FULL, moreAliases: ["more"] });
  const renamed = after(text, mergeOf({ ...PLAIN, alias: "new" }, { recorded: recorded[0]! }));
  equal(renamed, writtenBefore({ ...PLAIN, alias: "new" }).text);
});

Deno.test("from our own plugin to aws: the block is byte for byte as if it had always been aws", () => {
  const { text, recorded } = writtenBefore(OURS);
  match(text, /provideClusterInfo: true\n/);
  const aws = writtenBefore(PLAIN).text;
  equal(after(text, mergeOf(PLAIN, { recorded: recorded[0]! })), aws);
  equal(after(text, mergeOf(PLAIN)), aws, "the block itself tells whose it is");
  const renamed: EntryFacts = { ...PLAIN, userAlias: "me" };
  equal(after(text, mergeOf(renamed, { recorded: recorded[0]! })), writtenBefore(renamed).text);
});

Deno.test("what a user has added to the block stays, before and after", () => {
  const more =
    "      installHint: call us\n      interactiveMode: Never\n      env:\n      - name: HTTPS_PROXY\n        value: p\n";
  const with_ = (text: string) => `${text}${more}`;
  const { text, recorded } = writtenBefore(OURS);
  const aws = writtenBefore(PLAIN).text;
  equal(after(with_(text), mergeOf(PLAIN, { recorded: recorded[0]! })), with_(aws));
  const back = after(with_(aws), mergeOf(OURS));
  equal(after(back, mergeOf(PLAIN)), with_(aws));
});

const NAMED = { clusterName: "c", region: "us-east-2", profile: "dev" };
const FILES = { config: "/h/atmos/test/aws/sso/config", credentials: "/h/atmos/test/aws/sso/credentials" };
const PINNED: EntryFacts = { ...PLAIN, exec: awsPlugin({ ...NAMED, profileFiles: FILES }) };
const UNPINNED: EntryFacts = { ...PLAIN, exec: awsPlugin(NAMED) };

Deno.test("from a profile that is pinned to its files to any other entry, and back: nothing of the pin is left", () => {
  const { text: pinned } = writtenBefore(PINNED);
  for (const other of [PLAIN, UNPINNED, OURS]) {
    const { text } = writtenBefore(other);
    equal(after(pinned, mergeOf(other)), text);
    equal(after(text, mergeOf(PINNED)), pinned);
  }
  const moved = {
    ...PINNED,
    exec: awsPlugin({ ...NAMED, profileFiles: { config: "/x/config", credentials: "/x/credentials" } }),
  };
  equal(after(pinned, mergeOf(moved)), writtenBefore(moved).text);
});

Deno.test("variables that a user has set, and no pin as we write it, stay", () => {
  const { text: pinned } = writtenBefore(PINNED);
  for (
    const mine of [pinned.replace(FILES.config, "/mine"), pinned.replace(/(ACCESS_KEY_ID\n +value: )""/, "$1AKIA1")]
  ) {
    equal(mine === pinned, false);
    const kept = after(mine, mergeOf(PLAIN));
    equal(kept.includes("/mine"), mine.includes("/mine"));
    equal(kept.includes("AKIA1"), mine.includes("AKIA1"));
  }
});

Deno.test("provideClusterInfo that was not written by this program stays: of aws, or with another value", () => {
  const { text } = writtenBefore(PLAIN);
  const mine = `${text}      provideClusterInfo: true\n`;
  equal(after(mine, mergeOf(PLAIN)), mine);
  const off = writtenBefore(OURS).text.replace("provideClusterInfo: true", "provideClusterInfo: false");
  ok(after(off, mergeOf(PLAIN)).includes("provideClusterInfo: false\n"));
});
