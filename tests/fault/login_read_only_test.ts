import { deepEqual, equal, match } from "node:assert/strict";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { skip } from "./store_process.ts";

/** A world of its own in which nothing can be written any more. */
const SEALED = ["--mount", "sh", "-c", 'mount -o remount,ro,bind / && exec "$@"', "sh"];

async function run(command: string, { args, world, env }: {
  readonly args: readonly string[];
  readonly world: LoginWorld;
  readonly env?: Readonly<Record<string, string>>;
}) {
  // Coverage could not be written there, which the runtime would say.
  const { DENO_COVERAGE_DIR: _, ...runtime } = runtimeEnv();
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    clearEnv: true,
    env: { ...runtime, ...world.env(env) },
    cwd: world.home.at("repo"),
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { status: code, stdout: out!, stderr: err! };
}

async function noSeal(): Promise<string | undefined> {
  try {
    const { code, stderr } = await new Deno.Command("unshare", { args: [...SEALED, "true"] }).output();
    return code === 0 ? undefined : new TextDecoder().decode(stderr).trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const ignore = skip("a read-only root", await noSeal());
const WARNING = /Warning: Cannot write credentials "\S+": \S[^\n]*\nHint: /;

function sealed(world: LoginWorld, args: readonly string[], env: Readonly<Record<string, string>> = NOBODY) {
  return run("unshare", { args: [...SEALED, ...atmosWords(), ...args], world, env });
}

Deno.test({
  name: "a read-only root: a CI job's token becomes credentials for exec and env, in memory, with a warning",
  ignore,
  async fn() {
    await using world = await loginWorld();
    const token = { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: world.home.write("token", "file.jwt.token") };
    const exec = await sealed(world, ["auth", "exec", "-i", "ci", "--", "sh", "-c", "echo $AWS_ACCESS_KEY_ID"], token);
    equal(exec.status, 0, exec.stderr);
    match(exec.stdout, /^ASIASTANDIN\w+\n$/);
    match(exec.stderr, WARNING);
    const env = await sealed(world, ["auth", "env", "ci", "--login"], token);
    equal(env.status, 0, env.stderr);
    match(env.stdout, /^export AWS_SESSION_TOKEN=/m);
    match(env.stderr, WARNING);
    deepEqual(world.home.files(), ["repo/atmos.yaml", "token"]);
  },
});

Deno.test({
  name: "a read-only root: a person logs in all the same, and what was kept before is read",
  ignore,
  async fn() {
    await using world = await loginWorld();
    const person = await sealed(world, ["auth", "exec", "--", "sh", "-c", "echo $AWS_ACCESS_KEY_ID"], {});
    equal(person.status, 0, person.stderr);
    match(person.stdout, /^ASIASTANDIN\w+\n$/);
    match(person.stderr, /Warning: Cannot write SSO session "\S+": /);
    match(person.stderr, WARNING);
    equal((await world.run(["auth", "login"])).status, 0);
    const kept = await sealed(world, ["auth", "exec", "--", "sh", "-c", "echo $AWS_PROFILE"]);
    deepEqual(kept, { status: 0, stdout: "dev\n", stderr: "" });
    equal((await sealed(world, ["auth", "status"])).status, 0);
    equal((await sealed(world, ["auth", "whoami"])).status, 0);
    const env = await sealed(world, ["auth", "env"]);
    deepEqual([env.status, env.stderr], [0, ""]);
  },
});

Deno.test({
  name: "a read-only root: logging out is impossible, and said to be",
  ignore,
  async fn() {
    await using world = await loginWorld();
    await world.run(["auth", "login"]);
    const { status, stderr } = await sealed(world, ["auth", "logout", "dev"]);
    equal(status, 6);
    match(stderr, /Error: Cannot log out of Dev \(realm: test\): not everything is removed: /);
  },
});
