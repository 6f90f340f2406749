import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { bundleOnce, freshBundle } from "../../scripts/compile/fresh_bundle.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** A repository, and what bundles it: each bundle says what main.ts was. */
function repository(home: TempHome) {
  for (const name of ["main.ts", "deno.json", "deno.lock", "src/a.ts", "src/deep/b.ts", "scripts/compile/c.ts"]) {
    home.write(`repo/${name}`, "one");
  }
  let built = 0;
  const build = async (folder: string) => {
    built++;
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/main.js`, home.read("repo/src/deep/b.ts")!);
  };
  return { path: home.at("repo"), build, built: () => built };
}

Deno.test("a clone without a bundle runs the sources, and builds nothing", async () => {
  await using home = tempHome();
  const { path, build, built } = repository(home);
  equal(await freshBundle(path, build), undefined);
  equal(built(), 0);
});

Deno.test("a bundle is built once for the sources as they are, whatever of them changes", async () => {
  await using home = tempHome();
  const { path, build, built } = repository(home);
  const first = await bundleOnce(path, build);
  match(first, /^dist\/fresh\/[0-9a-f]{32}\/main\.js$/);
  equal(await freshBundle(path, build), first);
  equal(built(), 1);
  for (const name of ["main.ts", "deno.lock", "src/a.ts", "src/deep/new.ts", "scripts/compile/c.ts", "src/deep/b.ts"]) {
    home.write(`repo/${name}`, "longer");
    const next = await freshBundle(path, build);
    ok(next !== undefined && next !== first, name);
    equal(home.read(`repo/${next}`), home.read("repo/src/deep/b.ts"));
  }
  equal(built(), 7);
});

Deno.test("two at once take one bundle, and leave nothing else", async () => {
  await using home = tempHome();
  const { path, build, built } = repository(home);
  const [main, same] = await Promise.all([bundleOnce(path, build), bundleOnce(path, build)]);
  equal(main, same);
  equal(built(), 2);
  equal(home.read(`repo/${main}`), "one");
  deepEqual([...Deno.readDirSync(`${path}/dist/fresh`)].map(({ name }) => name), [main.split("/")[2]]);
});

Deno.test("sources that change while they are bundled, and a build that fails: no bundle, and the sources do", async () => {
  await using home = tempHome();
  const { path, build } = repository(home);
  const changing = async (folder: string) => {
    await build(folder);
    home.write("repo/src/a.ts", "changed");
  };
  await rejects(bundleOnce(path, changing), /have changed/);
  equal(await freshBundle(path, () => Promise.reject(new Error("no esbuild"))), undefined);
  deepEqual([...Deno.readDirSync(`${path}/dist/fresh`)], []);
});
