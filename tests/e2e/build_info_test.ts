import { deepEqual, match, rejects } from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { readBuildInfo } from "../../scripts/compile/build_info.ts";
import { bundle } from "../../scripts/compile/bundle.ts";
import { checkExecutable } from "../../scripts/release/smoke.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

async function versionOf(main: string) {
  const [command, ...args] = [...atmosWords(main), "version", "--output", "json"];
  const { stdout } = await new Deno.Command(command!, { args, clearEnv: true, env: runtimeEnv() }).output();
  const { commit, date } = JSON.parse(new TextDecoder().decode(stdout));
  return { commit, date };
}

Deno.test("a build names its commit and when that was made; the bundle of the tests, and the sources, do not", async () => {
  await using home = tempHome();
  const build = { commit: `${"0123456789".repeat(4)}-dirty`, date: "2026-01-02T03:04:05Z" };
  const { main } = await bundle(home.at("built"), build);
  deepEqual(await versionOf(main), build);
  deepEqual(await versionOf(""), { commit: "unknown", date: "unknown" });
});

Deno.test("the commit and its date come from git, and SOURCE_DATE_EPOCH wins", async () => {
  const { commit, date } = await readBuildInfo();
  match(`${commit} ${date}`, /^([0-9a-f]{40}(-dirty)? \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|unknown unknown)$/);
  Deno.env.set("SOURCE_DATE_EPOCH", "1767323045");
  try {
    deepEqual(await readBuildInfo(), { commit, date: "2026-01-02T03:04:05Z" });
  } finally {
    Deno.env.delete("SOURCE_DATE_EPOCH");
  }
});

Deno.test("the check of a release runs an executable, and refuses one of another commit", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using home = tempHome();
  const words = atmosWords("").map((word) => `'${word}'`).join(" ");
  const file = home.write("atmos", `#!/bin/sh\nexec ${words} "$@"\n`, 0o755);
  const expected = { file, commit: "unknown", target: Deno.build.target, version: config.version };
  match(await checkExecutable(expected), /: version, token, help and completion work$/);
  await rejects(checkExecutable({ ...expected, commit: "abc" }), /commit is unknown, not abc/);
  const silent = home.write("silent", "#!/bin/sh\nexit 3\n", 0o755);
  await rejects(checkExecutable({ ...expected, file: silent }), /exit status 3/);
});
