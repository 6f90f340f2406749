import { equal, match } from "node:assert/strict";
import { findExecFault } from "../../../../src/kube/exec/exec_block.ts";

const BLOCK = { command: "aws", args: [], env: [], interactiveMode: undefined };

Deno.test("a plugin's settings that kubectl takes, and those that it refuses", () => {
  const version = (name: string) => `client.authentication.k8s.io/${name}`;
  equal(findExecFault({ ...BLOCK, apiVersion: version("v1beta1") }), undefined);
  equal(findExecFault({ ...BLOCK, apiVersion: version("v1"), interactiveMode: "Never" }), undefined);
  match(findExecFault({ ...BLOCK, apiVersion: version("v1") })!, /interactiveMode/);
  match(findExecFault({ ...BLOCK, apiVersion: version("v1alpha1") })!, /v1alpha1/);
  match(findExecFault({ ...BLOCK, apiVersion: undefined })!, /\(none\)/);
  match(findExecFault({ ...BLOCK, command: "", apiVersion: version("v1beta1") })!, /no command/);
});
