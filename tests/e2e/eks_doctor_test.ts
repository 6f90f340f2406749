import { deepEqual, equal, match, ok } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { addEntry, doctorWorld, type ReportedStep } from "../support/runs/doctor_world.ts";

const ignore = !hasProgram("openssl", "aws eks doctor");

function withCluster(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `eks doctor: ${name}`, ignore, fn });
}

/** Steps that are neither well nor superfluous. */
function bad(steps: readonly ReportedStep[]): readonly string[] {
  return steps.filter(({ state }) => state === "failure" || state === "warning").map(({ id }) => id);
}

withCluster("all is well, and nothing is written", async () => {
  await using world = await doctorWorld();
  await addEntry(world);
  const before = world.home.files().toSorted();
  const { run, steps } = await world.doctor();
  deepEqual([run.status, run.stderr, bad(steps)], [0, "", []]);
  equal(steps.find(({ id }) => id === "authentication")!.state, "ok");
  deepEqual(world.home.files().toSorted(), before);
  const secrets = [...world.aws.secrets(), ...world.kube.calls.map(({ token }) => token)].filter((one) => one !== "");
  ok(secrets.length > 2 && secrets.every((one) => !run.stdout.includes(one)));
});

withCluster("401: the report for users ends with the commands that let the caller in", async () => {
  await using world = await doctorWorld({ aws: { accessEntries: [] } });
  await addEntry(world);
  const { status, stdout } = await world.atmos(["aws", "eks", "doctor"]);
  equal(status, 4, stdout);
  match(stdout, /^failure authentication: .*\(401 Unauthorized\)$/m);
  match(stdout, /^ +Fix: aws eks create-access-entry .* && aws eks associate-access-policy /m);
  match(stdout, /\n2 failures, no warnings\n$/);
});

Deno.test({
  name: "eks doctor: kubectl agrees, before the advice and after it",
  ignore: !["openssl", "kubectl", "aws"].every((name) => hasProgram(name, "aws eks doctor and kubectl")),
  async fn() {
    await using world = await doctorWorld({ aws: { accessEntries: [] } });
    await addEntry(world);
    const pods = () => world.shell("kubectl get pods -o name");
    match((await pods()).stderr, /You must be logged in to the server/);
    const { steps } = await world.doctor();
    equal((await world.shell(steps.find(({ fix }) => fix !== null)!.fix!)).status, 0);
    deepEqual(bad((await world.doctor()).steps), []);
    match((await pods()).stdout, /^pod\/web-0$/m);
  },
});
