import { deepEqual, equal } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { runProbe } from "../support/atmos/probe.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { CONFIG, keptIn, section } from "../support/config/stored_logins.ts";

Deno.test("auth status: as a process: 0 while the credentials last, 4 from then on; nothing is written", async () => {
  using home = tempHome();
  home.write("repo/atmos.yaml", CONFIG);
  const options = { env: home.env({ AWS_ENDPOINT_URL: "http://127.0.0.1:1", ATMOS_TRUST: "1" }), cwd: home.at("repo") };
  const end = (ms: number) => new Date(Date.now() + ms).toISOString();
  const { credentials } = keptIn("corp");
  home.write(credentials, `${section("dev-admin", end(3_600_000))}\n${section("reader", end(-1000))}`);
  const files = home.files();
  const good = await runAtmos(["auth", "status", "dev-admin"], options);
  deepEqual([good.status, good.stderr], [0, ""]);
  equal(good.stdout.replace(/59m|1h 0m/, "1h"), "Dev-Admin: valid for 1h\n");
  const over = await runAtmos(["auth", "status", "reader"], options);
  deepEqual(over, { status: 4, stdout: "reader: expired\n", stderr: "Hint: atmos auth login reader\n" });
  const short = await runAtmos(["auth", "status", "dev-admin", "--min-ttl", "2h", "--output", "json"], options);
  deepEqual([short.status, short.stderr, JSON.parse(short.stdout).valid], [4, "", false]);
  deepEqual(home.files(), files);
});

Deno.test("auth status: the process can neither write nor use the network", async () => {
  const { refused } = JSON.parse((await runProbe(["auth", "status"])).stdout);
  deepEqual(["net", "write"].filter((name) => !refused.includes(name)), []);
});
