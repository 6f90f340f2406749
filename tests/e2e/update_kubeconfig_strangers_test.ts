import assert from "node:assert/strict";
import { startStandin } from "../support/standin/aws_standin.ts";
import { DEV, eksEnv, runEks } from "../support/runs/eks_run.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const PATH = Deno.env.get("PATH") ?? "";
const noAws = !hasProgram("aws", "the AWS CLI and atmos in one kubeconfig");
const noKubectl = !hasProgram("kubectl", "kubectl on what atmos writes");

interface Ran {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function ran({ command, args, env }: Ran): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args: [...args], env: { ...env, PATH } }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "kubectl reads the dry run from its standard input",
  ignore: noKubectl,
  fn: async () => {
    await using aws = await startStandin();
    using home = tempHome();
    const { stdout } = await runEks({ home, aws }, [...DEV, "--dry-run"]);
    home.write("dry-run", stdout);
    // Some builds of kubectl open the file twice, which a pipe does not survive.
    const line = 'kubectl --kubeconfig /dev/stdin config view -o json < "$HOME/dry-run"';
    const seen = JSON.parse(await ran({ command: "sh", args: ["-c", line], env: home.env() }));
    assert.equal(seen["current-context"], "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster");
    assert.equal(seen.users[0].user.exec.command, "aws");
  },
});

Deno.test({
  name: "a hand-written kubeconfig gains lines only, and kubectl lists old and new",
  ignore: noKubectl,
  fn: async () => {
    await using aws = await startStandin();
    using home = tempHome();
    const source = "# mine\ncontexts:\n- context: {cluster: a, user: b}   # here\n  name: old\nusers: []\n";
    const path = home.write(".kube/config", source);
    await runEks({ home, aws }, [...DEV, "--kubeconfig", path, "--alias", "new", "--no-switch-context"]);
    const args = ["config", "get-contexts", "-o", "name"];
    assert.equal(await ran({ command: "kubectl", args, env: home.env() }), "new\nold\n");
    for (const line of source.split("\n").slice(0, -2)) {
      assert.ok(home.read(".kube/config")!.includes(`${line}\n`), line);
    }
  },
});

Deno.test({
  name: "the AWS CLI edits what atmos wrote, atmos what the AWS CLI wrote",
  ignore: noAws,
  fn: async () => {
    await using aws = await startStandin();
    using home = tempHome();
    const world = { home, aws };
    const path = home.at("k");
    const args = ["eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--kubeconfig", path];
    await ran({ command: "aws", args: [...args, "--alias", "theirs"], env: eksEnv(world) });
    const theirs = home.read("k")!;
    const first = await runEks(world, [...DEV, "--kubeconfig", path, "--alias", "ours"]);
    assert.equal(first.status, 0, first.stderr);
    assert.match(home.read("k")!, /- name: ours\n/);
    assert.equal(
      home.read("k")!.split("\n").filter((line) => !theirs.includes(line)).some((line) => line.includes("theirs")),
      false,
    );
    await ran({ command: "aws", args: [...args, "--alias", "theirs"], env: eksEnv(world) });
    const again = await runEks(world, [...DEV, "--kubeconfig", path, "--alias", "ours", "--no-switch-context"]);
    assert.match(again.stderr, /^Unchanged context ours/);
  },
});
