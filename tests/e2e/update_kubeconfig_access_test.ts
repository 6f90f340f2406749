import assert from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { DEV, runEks } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const NAME = "a file with an ACL and an extended attribute";
const PROGRAMS = ["setfacl", "getfacl", "setfattr", "getfattr"];

function succeeds(command: string, args: readonly string[]): boolean {
  return new Deno.Command(command, { args: [...args] }).outputSync().success;
}

function attributes(path: string): string {
  const output = (command: string, args: readonly string[]) =>
    new TextDecoder().decode(
      new Deno.Command(command, { args: [...args, "--absolute-names", path] }).outputSync().stdout,
    );
  return output("getfacl", []) + output("getfattr", ["--dump"]);
}

for (const [programs, PATH] of [["GNU's cp", "/usr/bin:/bin"], ["no programs", "/nowhere"]] as const) {
  Deno.test({
    name: `${NAME}: both are there after a write: ${programs}`,
    ignore: !PROGRAMS.every((program) => hasProgram(program, NAME)),
    fn: async () => {
      await using aws = await startStandin();
      using home = tempHome();
      const path = home.write("mine", "# by hand\n");
      Deno.chmodSync(path, 0o600);
      if (
        !succeeds("setfacl", ["-m", "u:45101:r,g::-", path]) || !succeeds("setfattr", ["-n", "user.a", "-v", "b", path])
      ) {
        return console.log(`SKIP ${NAME}: the file system has none`);
      }
      const before = attributes(path);
      assert.match(before, /user:45101:r--\ngroup::---\nmask::r--[^]*user\.a="b"/);
      const { status } = await runEks({ home, aws, env: { PATH } }, [...DEV, "--kubeconfig", path]);
      assert.equal(status, 0);
      assert.match(home.read("mine")!, /^# by hand\n[^]*dev-cluster/);
      assert.equal(attributes(path), before);
    },
  });
}
