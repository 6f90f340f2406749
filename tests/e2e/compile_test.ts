import assert from "node:assert/strict";
import { readBuildInfo } from "../../scripts/compile/build_info.ts";
import { BUNDLE } from "../../scripts/compile/bundle.ts";
import { DEV_ONLY } from "../../scripts/lint/packages.ts";
import { ALLOWED_HOSTS, ALLOWED_SYS } from "../../src/host/process/allowed.ts";
import { REPOSITORY } from "../support/machine/paths.ts";
import { runtimeEnv } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

/** Any executable of this system stands in for Deno's runtime image: the product is whole but does not run. */
const STAND_IN = ["/bin/true", "/usr/bin/true"].find(isElf);
const unable = STAND_IN === undefined ? "no ELF file to stand in for the runtime image" : undefined;
if (unable !== undefined) console.log(`SKIP compile: ${unable}`);

function isElf(path: string): boolean {
  try {
    return new TextDecoder().decode(Deno.readFileSync(path).slice(1, 4)) === "ELF";
  } catch {
    return false;
  }
}

interface Permissions {
  readonly [list: string]: readonly string[] | boolean | null;
}

interface Compiled {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function compile(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Compiled> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "compile", ...args],
    cwd: REPOSITORY,
    clearEnv: true,
    env: { ...runtimeEnv(), PATH: Deno.env.get("PATH") ?? "", NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder();
  return { status: output.code, stdout: text.decode(output.stdout), stderr: text.decode(output.stderr) };
}

/** The permissions in the metadata that `deno compile` appends as JSON. */
function bakedPermissions(binary: string): Permissions {
  const start = binary.lastIndexOf('"permissions":{') + '"permissions":'.length;
  return JSON.parse(binary.slice(start, binary.indexOf("}", start) + 1));
}

/** Names of the embedded files and folders, from the directory tree that `deno compile` appends as JSON. */
function embeddedNames(binary: string): ReadonlySet<string> {
  return new Set([...binary.matchAll(/\{"(?:File|Dir|Symlink)":\{"n":"([^"]+)"/g)].map(([, name]) => name!));
}

function namesBelow(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? namesBelow(`${folder}/${name}`) : [name]
  );
}

Deno.test("the executable holds the whole bundle, nothing of tests and no dev package, with narrow permissions", {
  ignore: unable !== undefined,
}, async () => {
  await using home = tempHome();
  const file = home.at("atmos");
  const built = await compile(["--output", file, "--allow-host", "idp.example.com"], {
    ...home.env(),
    DENORT_BIN: STAND_IN!,
  });
  assert.equal(built.status, 0, built.stderr);
  const bytes = Deno.readFileSync(file);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assert.match(built.stdout, new RegExp(`^${file}  \\d+\\.\\d MiB  sha256 ${sha256}  starts in \\d+ ms\\n$`));

  const binary = new TextDecoder("latin1").decode(bytes);
  const embedded = embeddedNames(binary);
  assert.ok(embedded.has("main.js"), "the entry is not embedded");
  // That every command is in the bundle is bundle_test.ts's to tell.
  const bundled = namesBelow(BUNDLE);
  assert.ok(bundled.length > 100, `bundled: ${bundled}`);
  assert.deepEqual(bundled.filter((name) => !embedded.has(name)), []);
  assert.ok(embedded.has("credentials.js"), "the Node half of a package is not embedded");
  assert.ok(!embedded.has(".deno_compile_node_modules"), "a whole package is embedded");
  for (const name of ["tests", "scripts", "atmos_test.ts", "lint_boundaries.ts", ...DEV_ONLY]) {
    assert.ok(!embedded.has(name), `${name} is embedded`);
  }

  const { commit, date } = await readBuildInfo();
  assert.ok(binary.includes(`"${commit}"`) && binary.includes(`"${date}"`), "the commit is not embedded");

  const permissions = bakedPermissions(binary);
  assert.deepEqual(permissions["allow_net"], [...ALLOWED_HOSTS, "idp.example.com"]);
  assert.deepEqual(permissions["allow_sys"], ALLOWED_SYS);
  assert.equal(permissions["allow_ffi"], null);
  assert.deepEqual([permissions["deny_ffi"], permissions["deny_import"]], [[], []]);
  assert.equal(permissions["prompt"], false);
});

Deno.test(
  "the same sources give the same executable, whenever it is compiled",
  { ignore: unable !== undefined },
  async () => {
    await using home = tempHome();
    const image = { ...home.env(), DENORT_BIN: STAND_IN! };
    const built: Uint8Array[] = [];
    // Its name is embedded, the folder that it is in is not.
    for (const file of [home.at("one/atmos"), home.at("other/atmos")]) {
      Deno.mkdirSync(file.slice(0, -"/atmos".length));
      const { status, stderr } = await compile(["--output", file], image);
      assert.equal(status, 0, stderr);
      built.push(Deno.readFileSync(file));
    }
    assert.ok(built[0]!.length > 2 ** 20);
    assert.deepEqual(built[0], built[1]);
  },
);

Deno.test("without a runtime image in reach: one line with the two ways out, status 7", async () => {
  await using home = tempHome();
  // No proxy answers on port 9 (discard), so nothing outside is reached, on any machine.
  const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" };
  const target = Deno.build.target === "aarch64-apple-darwin" ? "x86_64-apple-darwin" : "aarch64-apple-darwin";
  const outcome = await compile(["--output", home.at("atmos"), "--target", target], { ...home.env(), ...nowhere });
  assert.equal(outcome.status, 7, outcome.stderr);
  assert.equal(outcome.stdout, "");
  assert.match(outcome.stderr, /^Cannot download Deno's runtime image .*DENORT_BIN.*DENO_DIR.*\n$/);
  assert.deepEqual(home.files(), []);
});

Deno.test("a wrong option: usage, status 2", async () => {
  const outcome = await compile(["--allow-host", "*"], {});
  assert.equal(outcome.status, 2);
  assert.match(outcome.stderr, /--allow-host "\*" is no host name or address\nUsage: /);
});
