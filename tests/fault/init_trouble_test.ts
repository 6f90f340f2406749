import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { recordFlow, replayFlow, startDisk } from "../support/faults/fault_flow.ts";
import { FAULT_FLOWS } from "../support/faults/flows.ts";
import { NET_FAULTS } from "../support/faults/net_faults.ts";

Deno.test("init: an answer that is cut gives the clusters to no other role; the next run finds them", async () => {
  const recording = await recordFlow(FAULT_FLOWS.find(({ tried }) => tried === "auth init")!);
  const at = 1 + recording.run.requests.findIndex(({ url }) => url.includes("/federation/credentials?"));
  ok(at > 0);
  const disk = startDisk(recording);
  const { status, err } = await replayFlow(recording, { disk, wrong: { at, fault: NET_FAULTS["half a body"]! } });
  equal(status, 0, err);
  match(err, /Warning: account \d{12}/);
  const written = () => disk.text("/home/me/repo/atmos.yaml") ?? "";
  doesNotMatch(written(), /integrations:/);
  equal((await replayFlow(recording, { disk, later: 60_000 })).status, 0);
  match(written(), /kind: aws\/eks\n +via:\n +identity: dev\/Admin\n/);
});
