import { equal } from "node:assert/strict";
import { documentText, PLAIN_LAYOUT } from "../../../../src/formats/yaml/render.ts";
import { editEntries } from "../../../../src/kube/kubeconfig/edit_entries.ts";
import { buildEntry, buildWholeConfig, type EntryFacts } from "../../../../src/kube/kubeconfig/entry.ts";
import { devFacts } from "../../../support/kubeconfig/entry_facts.ts";
import { randomFacts } from "../../../support/random/facts.ts";
import { RandomSource } from "../../../support/random/source.ts";
import { mergeOf } from "../../../support/kubeconfig/written_before.ts";

function shown(all: readonly EntryFacts[]): string {
  const entries = all.map((facts) => buildEntry(facts));
  return documentText(PLAIN_LAYOUT, buildWholeConfig(entries, entries[0]!.context.name));
}

function written(all: readonly EntryFacts[]): string {
  return editEntries({ source: "", edits: all.map((facts) => mergeOf(facts)) }).text;
}

Deno.test("entries that are shown are what the editor makes of them in a new file", () => {
  const random = new RandomSource(20261128);
  for (let run = 0; run < 300; run++) {
    const facts = [randomFacts(random)];
    equal(shown(facts), written(facts));
  }
});

Deno.test("several entries of one cluster and user have them once, with what each of them says", () => {
  const facts = [
    devFacts({ alias: "a", moreAliases: ["b"], proxyUrl: "http://p" }),
    devFacts({ alias: "c", tlsServerName: "dev.example.com" }),
    devFacts({ alias: "d", userAlias: "admin", namespace: "web", plugin: { profile: "admin" } }),
  ];
  equal(shown(facts), written(facts));
  equal(shown(facts).match(/^- name: arn/gm)?.length, 1);
});
