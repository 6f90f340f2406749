import { nameCommand } from "../../../../src/remedy.ts";
import { deepEqual, equal, match } from "node:assert/strict";
import { checkPlugin } from "../../../../src/cli/doctor/plugin_step.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import type { RunResult } from "../../../../src/host/host.ts";
import type { MergedContext } from "../../../../src/kube/kubectl/merged_files.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const AWS = ["eks", "get-token", "--cluster-name", "c", "--region", "us-east-2"];

function context(command: string): MergedContext {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command,
    args: AWS,
    env: [{ name: "AWS_PROFILE", value: "dev" }],
    interactiveMode: undefined,
  };
  const user = { name: "u", path: "/h/kube/config", exec, others: undefined };
  return {
    name: "dev",
    path: "/h/kube/config",
    namespace: undefined,
    clusterName: "c",
    userName: "u",
    cluster: undefined,
    user,
  };
}

async function check(command: string, run: readonly RunResult[] = []) {
  const files = new MemoryFiles();
  for (const path of ["/h/bin/aws", "/h/kube/bin/aws"]) files.put(path, "");
  const host = fakeHost({
    env: { PATH: ":/h/none:/h/bin" },
    files: { read: files.reader, write: files.writer },
    run,
  });
  const verdict = await checkPlugin(host, { context: context(command), update: nameCommand("update") });
  return { ...verdict, runs: host.seen.runs.map((one) => [one.command, ...one.args]) };
}

const said = (stdout: string, more: Partial<RunResult> = {}): RunResult => ({ status: 0, stdout, stderr: "", ...more });

Deno.test("a plugin of PATH: found, asked for its version, with the names of its variables", async () => {
  const { state, found, runs } = await check("aws", [said("aws-cli/2.15.1 Python/3.11\n")]);
  deepEqual([state, found], ["ok", "kubectl runs /h/bin/aws, with AWS_PROFILE (aws-cli 2.15.1)"]);
  deepEqual(runs, [["/h/bin/aws", "--version"]]);
});

Deno.test("versions of the AWS CLI: the first of each major one that kubectl takes", async () => {
  const cases = {
    "1.23.8": "failure",
    "1.23.9": "ok",
    "1.45.0": "ok",
    "2.6.2": "failure",
    "2.6.3": "ok",
    "3.0.0": "ok",
  };
  for (const [version, state] of Object.entries(cases)) {
    equal((await check("aws", [said(`aws-cli/${version} `)])).state, state, version);
  }
});

Deno.test("a program that says something else is a warning, one that is slow is none", async () => {
  equal((await check("aws", [said("hello")])).state, "warning");
  const { state, found } = await check("aws", [said("", { status: 143, stopped: "timeout" })]);
  equal(state, "ok");
  match(found, /took too long/);
});

Deno.test("a path starts from the kubeconfig's directory, and is not started", async () => {
  const { state, found, runs } = await check("bin/aws");
  deepEqual([state, found, runs], ["ok", "kubectl runs /h/kube/bin/aws, with AWS_PROFILE", []]);
});

Deno.test("what is not there: the command that makes the entry run this program", async () => {
  const { state, found, fix } = await check("gone");
  deepEqual([state, fix], ["failure", nameCommand("update", "--exec-command", "atmos")]);
  match(found, /gone for a token, which is not on PATH/);
});

Deno.test("a program that cannot be started", async () => {
  const files = new MemoryFiles();
  files.put("/h/bin/aws", "");
  const host = fakeHost({ env: { PATH: "/h/bin" }, files: { read: files.reader, write: files.writer } });
  const capture = () => Promise.reject(new FileError("denied", "/h/bin/aws", "run"));
  const run = { ...host.run, capture };
  const { state, found } = await checkPlugin({ ...host, run }, { context: context("aws"), update: undefined });
  equal(state, "failure");
  match(found, /which cannot be started: permission denied/);
});
