import { doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { atmosStart } from "../support/atmos/run_atmos.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { ONE, OWN_KEY, type Trees, trees } from "../support/runs/two_trees.ts";

/** What the doctor says in another repository about an entry of the user's own, pasted there. */

const OWN = { account: ONE };
const CLONE = { account: ONE, role: "Reader" };
const NAMED = ["--name", "main", "--region", "us-east-2"];

interface Entry {
  readonly name: string;
  readonly own: { readonly account: string; readonly says?: string };
  /** What the user has typed in the own repository instead of a login. */
  readonly typed?: readonly string[];
}

const ENTRIES: readonly Entry[] = [
  { name: "of an identity, with atmos", own: { ...OWN, says: ", exec_command: atmos" } },
  { name: "of flags, with the AWS CLI", own: OWN, typed: ["--identity", "admin", "--alias", "typed"] },
  { name: "of flags, with atmos", own: OWN, typed: ["-i", "admin", "--alias", "typed", "--exec-command", "atmos"] },
  { name: "of a profile, with the AWS CLI", own: OWN, typed: ["--profile", "mine", "--alias", "typed"] },
  {
    name: "of a profile, with atmos",
    own: OWN,
    typed: ["--profile", "mine", "--alias", "typed", "--exec-command", "atmos"],
  },
];

/** Runs a command as it is printed, where `atmos` is the program of the test. */
async function paste(here: Trees, command: string) {
  const atmos = atmosStart({ isMeasured: false });
  const program = atmos.words.map((word) => `'${word}'`).join(" ");
  here.home.write("bin/atmos", `#!/bin/sh\nexec ${program} "$@"\n`, 0o755);
  const env = here.env({ ...atmos.env, ...NOBODY, PATH: `${here.home.at("bin")}:/usr/local/bin:/usr/bin:/bin` });
  const { stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    env,
    cwd: here.home.at("clone"),
    clearEnv: true,
  })
    .output();
  return new TextDecoder().decode(stderr);
}

for (const { name, own, typed } of ENTRIES) {
  Deno.test({
    name: `eks doctor: a fix writes the entry again as whom it was: ${name}`,
    ignore: !hasProgram("sh", "fixes that are pasted"),
    async fn() {
      await using here = await trees(own, CLONE);
      const { accessKeyId, secretAccessKey } = OWN_KEY;
      here.home.write(
        ".aws/credentials",
        `[mine]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
      if (typed !== undefined) {
        const { status, stderr } = await here.run(["aws", "eks", "update-kubeconfig", ...NAMED, ...typed], NOBODY);
        equal(status, 0, stderr);
      }
      const context = typed === undefined ? "prod" : "typed";
      const before = here.home.read(KUBECONFIG)!;
      here.home.write(KUBECONFIG, before.replace(/(certificate-authority-data: )\S+/, "$1QUJD"));
      notEqual(here.home.read(KUBECONFIG), before);
      const doctor = await here.inClone(["aws", "eks", "doctor", context]);
      const fix = /entry: .*\n +Fix: (atmos .*)\n/.exec(doctor.stdout)?.[1];
      ok(fix !== undefined, doctor.stdout);
      const said = await paste(here, fix);
      equal(here.home.read(KUBECONFIG), before, `${fix}\n${said}`);
    },
  });
}

Deno.test("eks doctor: a login that is missing is that of the entry's configuration", async () => {
  await using here = await trees({ ...OWN, says: ", exec_command: atmos" }, CLONE);
  // Also the session with which new credentials would be had.
  const kubeconfig = here.home.read(KUBECONFIG)!;
  for (const directory of [".config", ".cache", ".local", ".aws"]) {
    await Deno.remove(here.home.at(directory), { recursive: true }).catch(() => {});
  }
  here.home.write(KUBECONFIG, kubeconfig);
  const { stdout } = await here.inClone(["aws", "eks", "doctor", "prod"]);
  match(stdout, new RegExp(`Fix: atmos auth login admin --config ${here.home.at("repo/atmos.yaml")}\n`));
});

Deno.test("eks doctor: where an entry says no identity, that of the integration it was written for is named", async () => {
  await using here = await trees(OWN, CLONE);
  const { stdout } = await here.inClone(["aws", "eks", "doctor", "prod"]);
  const flags = new RegExp(`Fix: atmos aws eks update-kubeconfig .* --identity admin -C ${here.home.at("repo")} `);
  match(stdout, flags);
  doesNotMatch(stdout, /--identity=false/);
});
