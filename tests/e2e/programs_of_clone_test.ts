import { equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const CLONE = "src/clone";
/** Every kind of entry that the current directory completes, before those of the system. */
const PATHS = [".", "", "bin", "./bin", "../clone"].map((entry) => `${entry}:/usr/local/bin:/usr/bin:/bin`);
const CONFIG = "auth: { identities: { me: { kind: ambient, default: true } } }\n";

/** A clone that has programs of its own under every name that may be started. */
function clone(home: TempHome): string {
  for (const name of ["tool", "aws", "kubectl", "sh", "cp", "secret-tool", "xdg-open", "docker-credential-atmos"]) {
    for (const folder of ["", "bin/"]) {
      home.write(`${CLONE}/${folder}${name}`, `#!/bin/sh\necho ${name} >>${home.at("ran")}\n`, 0o755);
    }
  }
  home.write(`${CLONE}/atmos.yaml`, CONFIG);
  return home.at(CLONE);
}

for (const path of PATHS) {
  Deno.test(`no program of the current directory is started: PATH=${path}`, async () => {
    await using aws = await startStandin({});
    await using home = tempHome();
    const cwd = clone(home);
    home.write(".aws/config", "[profile p]\nregion = us-east-2\ncredential_process = tool || ./tool || bin/tool\n");
    const env = home.env({ PATH: path, AWS_ENDPOINT_URL: aws.url, AWS_EC2_METADATA_DISABLED: "true" });
    const run = (...args: string[]) => runAtmos(args, { env, cwd, isMeasured: false });
    const exec = await run("auth", "exec", "--", "tool");
    equal(exec.status, 127, exec.stderr);
    match(exec.stderr, /Cannot run "tool": there is no such program on PATH/);
    equal((await run("auth", "exec", "--", "sh", "-c", ":")).status, 0, "that of the system is");
    const described = await run("aws", "eks", "update-kubeconfig", "--name", "c", "--profile", "p");
    equal(described.status, 4, described.stderr);
    match(described.stderr, /its credential_process failed with exit status 127/);
    equal(home.read("ran"), undefined);
  });
}

Deno.test("a program that is named with its path is started", async () => {
  await using home = tempHome();
  const cwd = clone(home);
  const { status, stderr } = await runAtmos(["auth", "exec", "--", "./tool"], { env: home.env({}), cwd });
  equal(status, 0, stderr);
  equal(home.read("ran"), "tool\n");
});
