import { equal } from "node:assert/strict";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import type { LoginWorld } from "../support/runs/login_run.ts";

const NAMED = "contexts:\n- {name: mine, context: {cluster: c, user: u}}\n";
const MINE = `apiVersion: v1\nkind: Config\n${NAMED}`;

const current = ({ home }: LoginWorld) => /^current-context: (.*)$/m.exec(home.read(KUBECONFIG)!)?.[1] ?? "";

/** What is current in atmos's own file after a login, by what KUBECONFIG names and what is current in the other file. */
const CASES = [
  { order: ["ours", "mine"], mine: `${MINE}current-context: mine\n`, expected: "" },
  { order: ["ours", "none", "mine"], mine: `${MINE}current-context: mine\n`, expected: "" },
  { order: ["ours", "mine"], mine: MINE, expected: "dev" },
  { order: ["ours", "mine"], mine: `${MINE}current-context: ""\n`, expected: "dev" },
  { order: ["mine", "ours"], mine: `${MINE}current-context: mine\n`, expected: "dev" },
  { order: ["mine"], mine: `${MINE}current-context: mine\n`, expected: "dev" },
] as const;

for (const { order, mine, expected } of CASES) {
  Deno.test(`a login leaves kubectl's current context: ${order.join(":")} ${JSON.stringify(mine.slice(-22))}`, async () => {
    await using world = await multiCluster();
    const paths = {
      ours: world.home.at(KUBECONFIG),
      mine: world.home.write("mine", mine),
      none: world.home.at("none"),
    };
    const env = { KUBECONFIG: order.map((name) => paths[name]).join(":") };
    const { status, stderr } = await world.run(["auth", "login", "platform-admin"], env);
    equal(status, 0, stderr);
    equal(current(world), expected);
    equal(world.home.read("mine"), mine);
  });
}

Deno.test("update-kubeconfig switches all the same, in whichever file", async () => {
  await using world = await multiCluster();
  const mine = world.home.write("mine", `${MINE}current-context: mine\n`);
  const env = { KUBECONFIG: `${world.home.at(KUBECONFIG)}:${mine}` };
  equal((await world.run(["auth", "login", "platform-admin"], env)).status, 0);
  equal((await world.run(["aws", "eks", "update-kubeconfig", "dev/eks"], env)).status, 0);
  equal(current(world), "dev");
});
