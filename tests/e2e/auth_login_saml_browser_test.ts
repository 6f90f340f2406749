import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { browserWrapper, type Process, processesWith } from "../support/browser/chromium_wrapper.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { ASSERTION_CANARY, READER, samlBase64 } from "../support/saml/document.ts";
import { type IdpOptions, type IdpPage, type SamlIdp, startIdp, USER } from "../support/saml/idp.ts";
import { idle, scripted } from "../support/saml/idp_pages.ts";
import { samlWorld } from "../support/runs/saml_run.ts";

const LOGIN = ["auth", "login", "--logs-level", "trace", "--verbose"];

interface Place extends AsyncDisposable {
  readonly world: LoginWorld;
  readonly idp: SamlIdp;
  readonly env: Readonly<Record<string, string>>;
  /** What the browser left in the directory for temporary files. */
  left(): readonly string[];
}

interface PlaceOptions extends IdpOptions {
  readonly path: string;
  readonly more?: string;
}

/** undefined where there is no browser. */
async function place(test: string, { path, more = "", ...options }: PlaceOptions): Promise<Place | undefined> {
  const idp = startIdp([scripted, idle] satisfies IdpPage[], options);
  const world = await samlWorld({ provider: `url: "${idp.url}${path}", driver: browser${more}` });
  const browser = browserWrapper(world.home, test);
  const dispose = async () => {
    await world[Symbol.asyncDispose]();
    await idp[Symbol.asyncDispose]();
  };
  if (browser === undefined) return await dispose().then(() => undefined);
  const config = world.home.read("repo/atmos.yaml")!;
  world.home.write("repo/atmos.yaml", config.replace("driver:", `browser_executable_path: ${browser}, driver:`));
  const env = world.env({ ATMOS_SAML_HEADLESS: "1", TMPDIR: world.home.at("tmp"), ATMOS_TRUST: "1" });
  const left = () =>
    [...Deno.readDirSync(world.home.at("tmp"))].map(({ name }) => name).filter((one) => one !== ".keep");
  return { world, idp, env, left, [Symbol.asyncDispose]: dispose };
}

/** The processes of a browser end one after the other. */
async function gone(text: string): Promise<boolean> {
  for (let tries = 0; tries < 100 && processesWith(text).length > 0; tries++) await sleep(100);
  return processesWith(text).length === 0;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !done(); tries++) await sleep(100);
  ok(done(), "it did not happen in a minute");
}

Deno.test("SAML browser: what a scripted page posts to AWS is caught, however long; no process and no profile stay", async () => {
  const roles = [...Array(450).keys()].map((n) =>
    `arn:aws:iam::123456789012:role/r${n},arn:aws:iam::123456789012:saml-provider/corp`
  );
  const document = { roles: [...roles, `${READER},arn:aws:iam::123456789012:saml-provider/corp`] };
  await using at = await place("SAML browser: caught", { path: "/app", document });
  if (at === undefined) return;
  ok(samlBase64(document).length > 60_000);
  const { status, stdout, stderr } = await at.world.run(LOGIN, at.env);
  equal(status, 0, stderr);
  const [call] = at.world.aws.calls;
  equal(call?.parameters["SAMLAssertion"], samlBase64(document));
  equal(at.world.aws.calls.length, 1);
  deepEqual(at.left(), []);
  ok(await gone(at.world.home.at("tmp")));
  const all = [stdout, stderr, ...at.world.home.files().map((path) => at.world.home.read(path)!)].join("\n");
  for (const secret of [USER.password, ASSERTION_CANARY, samlBase64().slice(300, 360)]) ok(!all.includes(secret));
});

Deno.test("SAML browser: every partition's page is caught; a profile that is kept stays, for its owner alone", async () => {
  const consumer = "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml/acs/x";
  await using at = await place("SAML browser: kept", { path: "/app", more: ", browser_profile: ~/browser", consumer });
  if (at === undefined) return;
  const { status, stderr } = await at.world.run(LOGIN, at.env);
  equal(status, 0, stderr);
  const profile = at.world.home.at("browser");
  equal(Deno.statSync(profile).mode! & 0o777, 0o700);
  ok([...Deno.readDirSync(profile)].length > 0);
  ok(await gone(profile));
});

Deno.test("SAML browser: Ctrl-C ends the browser too, and removes its profile", async () => {
  await using at = await place("SAML browser: Ctrl-C", { path: "/idle" });
  if (at === undefined) return;
  const child = spawnAtmos(LOGIN, { env: at.env, cwd: at.world.home.at("repo") });
  await until(() => at.idp.requests.some(({ path }) => path === "/idle"));
  equal(processesWith(at.world.home.at("tmp")).length > 0, true);
  child.kill("SIGINT");
  await child.stdin.close();
  equal((await child.output()).code, 130);
  ok(await gone(at.world.home.at("tmp")));
  deepEqual(at.left(), []);
});

Deno.test("SAML browser: Ctrl-C while it starts ends it, and removes its profile", async () => {
  await using at = await place("SAML browser: Ctrl-C while it starts", { path: "/idle" });
  if (at === undefined) return;
  const tmp = at.world.home.at("tmp");
  const whole = at.world.home.read("chromium-for-tests")!;
  const slow = whole.replace("exec", "for one; do case $one in --user-data-dir=*) dir=${one#*=} ;; esac; done\nexec")
    .replace(
      "exec",
      'touch "$dir/begun"\n[ ! -e "$HOME/slow" ] || sleep 30\nexec',
    );
  at.world.home.write("chromium-for-tests", slow, 0o700);
  for (const starts of ["slow", "as usual"]) {
    if (starts === "slow") at.world.home.write("slow", "");
    else Deno.removeSync(at.world.home.at("slow"));
    for (const delayMs of [0, 150, 400]) {
      const child = spawnAtmos(LOGIN, { env: at.env, cwd: at.world.home.at("repo") });
      await until(() => at.left().some((name) => hasFile(`${tmp}/${name}/begun`)));
      await sleep(delayMs);
      child.kill("SIGINT");
      await child.stdin.close();
      const killed = performance.now();
      equal((await child.output()).code, 130);
      ok(performance.now() - killed < 20_000, `${starts}: it waited for the browser`);
      ok(await gone(tmp), starts);
      // What is killed as it starts may leave a socket of its own, in a directory of its own.
      deepEqual(at.left().filter((name) => !name.startsWith("org.chromium.")), [], `${starts}, ${delayMs} ms`);
    }
  }
});

function hasFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test("SAML browser: closed by the person: denied; killed with the program: nothing runs on", async () => {
  await using at = await place("SAML browser: closed", { path: "/idle" });
  if (at === undefined) return;
  const tmp = at.world.home.at("tmp");
  const visits = () => at.idp.requests.filter(({ path }) => path === "/idle").length;
  const child = spawnAtmos(LOGIN, { env: at.env, cwd: at.world.home.at("repo") });
  await until(() => visits() === 1);
  for (const one of processesWith(tmp)) if (isMain(one)) Deno.kill(one.pid, "SIGTERM");
  await child.stdin.close();
  const { code, stderr } = await child.output();
  equal(code, 4);
  match(
    new TextDecoder().decode(stderr),
    /Error: Cannot log in with provider "corp" at "\S+": the browser was closed\n/,
  );
  ok(await gone(tmp));
  const killed = spawnAtmos(LOGIN, { env: at.env, cwd: at.world.home.at("repo") });
  await until(() => visits() === 2);
  killed.kill("SIGKILL");
  await killed.stdin.close();
  await killed.output();
  ok(await gone(tmp));
});

/** Not one of the browser's own children. */
function isMain({ line }: Process): boolean {
  return !line.includes("--type=");
}

Deno.test("SAML browser: a page that does not load, and a browser that does not start, are said in words", async () => {
  await using at = await place("SAML browser: does not load", { path: "/idle" });
  if (at === undefined) return;
  const config = at.world.home.read("repo/atmos.yaml")!;
  at.world.home.write("repo/atmos.yaml", config.replace(at.idp.url, "http://127.0.0.1:1"));
  const unloaded = await at.world.run(LOGIN, at.env);
  equal(unloaded.status, 4);
  match(unloaded.stderr, /: the browser: it cannot load the page \(net::ERR_\w+\)\nHint: /);
  at.world.home.write("chromium-for-tests", "#!/bin/sh\necho 'no such display' >&2\nexit 1\n", 0o700);
  const dead = await at.world.run(LOGIN, at.env);
  equal(dead.status, 4);
  match(dead.stderr, /: the browser: it ended as soon as it was started\nHint: /);
  deepEqual(at.left(), []);
});

Deno.test("SAML browser: nobody, no browser, no screen: other drivers are named", async () => {
  await using world = await samlWorld({
    provider: "url: https://idp.example.com/x, driver: browser, browser_type: firefox",
  });
  const unattended = await world.run(LOGIN, NOBODY);
  equal(unattended.status, 4);
  match(unattended.stderr, /: there is no terminal to log in from\nHint: .*driver: form or driver: assertion\n/);
  const other = await world.run(LOGIN);
  equal(other.status, 3);
  match(
    other.stderr,
    /: no browser of type "firefox" was found; chrome, chromium and msedge can be used\nHint: .*--saml-assertion/,
  );
});
