import { deepEqual, match } from "node:assert/strict";
import { runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { DEV } from "../support/runs/eks_run.ts";
import { loginWorld, NOBODY } from "../support/runs/login_run.ts";

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];
const ROOT = new URL("../../", import.meta.url);

/** A configuration of Deno in which every package whose name begins so throws when it is loaded. */
function withoutPackages(names: RegExp, refusing: string): string {
  const { imports, compilerOptions } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  const left = Object.entries<string>(imports).map(([name, found]) => [name, names.test(name) ? refusing : found]);
  return JSON.stringify({ compilerOptions, nodeModulesDir: "none", imports: Object.fromEntries(left) });
}

Deno.test("token: no module of the AWS SDK is loaded; of a known identity, not even what reads its configuration", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const { home } = world;
  const refusing = `file://${home.write("refuse.ts", 'throw new Error("a refused package was loaded");\n')}`;
  const run = async (names: RegExp, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const config = home.write("deno.json", withoutPackages(names, refusing));
    // Its versions, so that nobody has to be asked for them; a copy, since it would be adapted to that configuration.
    const lock = home.write("deno.lock", Deno.readTextFileSync(new URL("deno.lock", ROOT)));
    const flags = ["--quiet", "-A", `--config=${config}`, `--lock=${lock}`, "--cached-only"];
    const words = ["run", ...flags, new URL("main.ts", ROOT).href];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...words, ...args],
      clearEnv: true,
      env: { ...runtimeEnv(), ...world.env({ ...NOBODY, ...env }) },
      cwd: home.at("repo"),
    }).output();
    return { code, stderr: new TextDecoder().decode(stderr) };
  };
  const sdk = /^@aws-sdk\//;
  deepEqual(await run(sdk, TOKEN), { code: 0, stderr: "" });
  const every = /^/;
  deepEqual(await run(every, [...TOKEN, "--no-identity"], keyEnv(USER_KEY)), { code: 0, stderr: "" });
  deepEqual(await run(/^(?!js-yaml|valibot)/, TOKEN), { code: 0, stderr: "" });
  const entry = [...TOKEN, "--identity=Dev", "--config", home.at("repo/atmos.yaml")];
  deepEqual(await run(sdk, entry), { code: 0, stderr: "" });
  deepEqual(await run(every, entry), { code: 0, stderr: "" });
  const refused = await run(sdk, DEV, keyEnv(USER_KEY));
  match(refused.stderr, /internal|refused package/i);
});
