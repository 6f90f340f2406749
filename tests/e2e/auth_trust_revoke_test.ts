import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** Where the answer was given, in places whose configuration lies elsewhere. */

const TEXT = "auth: {identities: {a: {kind: ambient, env: [{key: FOO, value: x}]}}}\n";

interface Place {
  readonly name: string;
  /** Makes it; returns the directory, the flags and the file that is trusted. */
  readonly make: (
    home: TempHome,
  ) => { readonly cwd: string; readonly flags?: readonly string[]; readonly file: string };
}

const PLACES: readonly Place[] = [
  {
    name: "a directory of a download",
    make(home) {
      home.write("download/sub/x", "");
      return { cwd: home.at("download/sub"), file: home.write("download/atmos.yaml", TEXT) };
    },
  },
  {
    name: "a submodule",
    make(home) {
      home.write("repo/.git/HEAD", "");
      home.write("repo/module/.git", "gitdir: ../.git/modules/module\n");
      return { cwd: home.at("repo/module"), file: home.write("repo/atmos.yaml", TEXT) };
    },
  },
  {
    name: "elsewhere, with --config",
    make(home) {
      home.write("repo/.git/HEAD", "");
      home.write("elsewhere/x", "");
      const file = home.write("repo/atmos.yaml", TEXT);
      return { cwd: home.at("elsewhere"), flags: ["--config", file], file };
    },
  },
  {
    name: "behind a link",
    make(home) {
      home.write("other/.git/HEAD", "");
      home.write("repo/.git/HEAD", "");
      const file = home.write("other/atmos.yaml", TEXT);
      Deno.symlinkSync("../other/atmos.yaml", home.at("repo/atmos.yaml"));
      return { cwd: home.at("repo"), file };
    },
  },
];

for (const { name, make } of PLACES) {
  Deno.test(`auth trust --revoke: ends what was trusted from the same place: ${name}`, async () => {
    using home = tempHome();
    const { cwd, flags = [], file } = make(home);
    const run = async (...args: readonly string[]) =>
      await runAtmos([...flags, ...args], { env: home.env({ PATH: "/usr/bin:/bin" }), cwd });
    const use = async () => (await run("auth", "exec", "--", "sh", "-c", "echo $FOO")).stdout;
    equal((await run("auth", "trust", "--yes")).status, 0);
    equal(await use(), "x\n");
    const real = Deno.realPathSync(file);
    match((await run("auth", "trust", "--revoke", "--dry-run")).stderr, /^Would no longer trust /);
    equal(await use(), "x\n");
    deepEqual((await run("auth", "trust", "--revoke")).stderr, `No longer trusted: ${real}\n`);
    equal(await use(), "");
    equal((await run("auth", "trust", "--revoke")).stderr, "Nothing is trusted here.\n");
  });
}

Deno.test("auth trust --revoke: leaves what other repositories are trusted with", async () => {
  using home = tempHome();
  for (const one of ["repo", "other"]) {
    home.write(`${one}/.git/HEAD`, "");
    home.write(`${one}/atmos.yaml`, TEXT);
    await runAtmos(["auth", "trust", "--yes"], { env: home.env({ PATH: "/usr/bin:/bin" }), cwd: home.at(one) });
  }
  const options = { env: home.env({ PATH: "/usr/bin:/bin" }), cwd: home.at("repo") };
  await runAtmos(["auth", "trust", "--revoke"], options);
  const { stdout } = await runAtmos(["auth", "trust", "--list"], options);
  deepEqual([stdout.includes(home.at("other/atmos.yaml")), stdout.includes(home.at("repo/atmos.yaml"))], [true, false]);
});
