import { equal, match } from "node:assert/strict";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import type { EntryEdit, RecordedContext } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { atmosPlugin, awsPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import { clusterFacts, mergeOf, rememberedOf } from "../../../support/kubeconfig/written_before.ts";

const INPUT = { clusterName: "x", region: "us-east-2" };
const AWS = awsPlugin(INPUT);
const ATMOS = atmosPlugin({ ...INPUT, identity: "dev" }, { command: "/opt/atmos", args: [] });

/** An edit that says the plugin, or leaves it to the file. */
function edit(alias: string, plugin: "aws" | "atmos" | undefined, more: Partial<EntryEdit> & { arn?: string } = {}) {
  const { arn, ...rest } = more;
  const facts = clusterFacts("x", {
    alias,
    exec: plugin === "atmos" ? ATMOS : AWS,
    ...(plugin === undefined ? { otherExec: ATMOS } : {}),
    ...(arn === undefined ? {} : { arn }),
  });
  return mergeOf(facts, rest);
}

function write(source: string, edit: EntryEdit): { text: string; recorded: readonly RecordedContext[] } {
  const { text, outcomes: [outcome] } = editEntries({ source, edits: [edit] });
  return { text, recorded: rememberedOf(outcome!) };
}

function commands(text: string): string {
  return [...text.matchAll(/command: (\S+)/g)].map(([, command]) => command).join(" ");
}

Deno.test("an entry keeps the command that it has, until another one is requested", () => {
  const first = write("", edit("dev", undefined));
  equal(commands(first.text), "aws");
  const ours = write(first.text, edit("dev", "atmos"));
  equal(commands(ours.text), "/opt/atmos");
  for (const recorded of [[], ours.recorded]) {
    for (const update of ["merge", "replace"] as const) {
      const again = write(ours.text, edit("dev", undefined, { recorded, update, written: ours.recorded }));
      equal(again.text, ours.text, update);
    }
  }
  equal(commands(write(ours.text, edit("dev", "aws")).text), "aws");
});

Deno.test("it keeps it under a new alias and for another cluster, too; another context has its own", () => {
  const { text, recorded } = write("", edit("dev", "atmos"));
  const renamed = write(text, edit("new", undefined, { recorded }));
  equal(commands(renamed.text), "/opt/atmos");
  const arn = "arn:aws:eks:us-east-2:123456789012:cluster/other";
  match(commands(write(text, edit("dev", undefined, { recorded, arn })).text), /^\/opt\/atmos$/);
  equal(commands(write(text, edit("second", undefined)).text), "/opt/atmos aws");
});

Deno.test("what atmos.yaml requested, and does not any more, goes", () => {
  const { text, recorded } = write("", edit("dev", "atmos"));
  const requested = recorded.map((one) => ({ ...one, execCommand: "atmos" as const }));
  equal(commands(write(text, edit("dev", undefined, { recorded: requested })).text), "aws");
});

Deno.test("where the AWS CLI lies stays, and --output json; neither where aws is requested", () => {
  const { text } = write("", edit("dev", undefined));
  const source = text.replace("command: aws\n", "command: /opt/aws/bin/aws\n");
  equal(write(source, edit("dev", undefined)).text, source);
  equal(write(source, edit("dev", "aws")).text, text);
});
