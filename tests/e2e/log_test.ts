import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { loginWorld } from "../support/runs/login_run.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";

type Line = Readonly<Record<string, string | number | boolean>>;

function linesOf(text: string): readonly Line[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Of each event the facts that do not change from run to run. */
function eventsOf(lines: readonly Line[], event: string): readonly Line[] {
  return lines.filter((line) => line["event"] === event);
}

Deno.test("log: a login tells its files, its identity, each credential decision, each call and each file written", async () => {
  await using world = await loginWorld();
  const path = world.home.at("atmos.log");
  const { status, stderr } = await world.run(["auth", "login", "dev", "--logs-file", path, "--logs-format=json"]);
  equal(status, 0, stderr);
  equal(Deno.statSync(path).mode! & 0o777, 0o600);
  const lines = linesOf(Deno.readTextFileSync(path));
  const [first] = lines;
  equal(`${first!["event"]} ${first!["command"]}`, "command begins auth login");
  ok(lines.every(({ time, level, pid }) => typeof time === "string" && level !== "trace" && pid === first!["pid"]));

  deepEqual(eventsOf(lines, "configuration file").map(({ why }) => why), ["in the current directory"]);
  deepEqual(eventsOf(lines, "identity").map(({ by }) => by), ["argument"]);
  equal(eventsOf(lines, "stored credentials")[0]!["found"], "none");
  const last = eventsOf(lines, "credentials").at(-1)!;
  deepEqual([last["identity"], last["source"], last["renewed"]], ["Dev", "files", true]);
  const calls = eventsOf(lines, "AWS call");
  ok(
    calls.some(({ service, operation, status }) =>
      `${service} ${operation} ${status}` === "sso GetRoleCredentials 200"
    ),
  );
  for (const { host, ms, attempt, operation } of calls) {
    match(String(host), /^127\.0\.0\.1:\d+$/);
    deepEqual([typeof ms, attempt], ["number", 1], String(operation));
  }
  ok(eventsOf(lines, "file written").some(({ path }) => String(path).endsWith("/credentials")));
  ok(eventsOf(lines, "lock").every(({ found, waited_ms }) => found === "taken" && typeof waited_ms === "number"));
  ok(eventsOf(lines, "lock").length > 0);
  equal(eventsOf(lines, "command ended")[0]!["status"], 0);
});

Deno.test("log: what signs a call with an identity's key says whose it is, and a failure says what it was", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login", "dev"]);
  const { stderr } = await world.run(["auth", "whoami", "dev", "--logs-level=debug", "--logs-format=json"]);
  const lines = linesOf(stderr.split("\n").filter((line) => line.startsWith("{")).join("\n"));
  const [call] = eventsOf(lines, "AWS call");
  deepEqual([call!["service"], call!["operation"]], ["sts", "GetCallerIdentity"]);
  equal(call!["identity"], eventsOf(lines, "credentials")[0]!["identity"]);
  const failed = await world.run(["auth", "whoami", "nope", "--logs-level=trace"]);
  match(
    failed.stderr,
    /^time=\S+ level=error pid=\d+ event="command failed" code=identity-not-found status=3 message=/m,
  );
});

Deno.test("log: auth.logs of a tree has its effect once it is trusted, and flags and variables win", async () => {
  await using world = await loginWorld();
  const path = world.home.at("repo/own.log");
  const text = Deno.readTextFileSync(world.home.at("repo/atmos.yaml"));
  const logs = `auth:\n  logs: {level: Debug, file: ${path}}\n`;
  world.home.write("repo/atmos.yaml", text.replace(/^auth:\n/m, () => logs));
  const refused = await world.run(["auth", "login", "dev"], { ATMOS_TRUST: "0" });
  equal(refused.status, 3, refused.stderr);
  match(refused.stderr, /Cannot use auth\.logs\.file /);
  equal((await world.run(["auth", "status"], { ATMOS_TRUST: "0" })).stderr.includes("event="), false);
  const shown = await world.run(["auth", "login", "dev", "--logs-level=debug"]);
  match(shown.stderr, / event="command begins" /);
  equal(shown.stderr.includes(path), false);
  await world.run(["auth", "whoami", "dev"]);
  match(Deno.readTextFileSync(path), / event="configuration file" .* event=/s);
  equal(Deno.statSync(path).mode! & 0o777, 0o600);
});

Deno.test("log: logs beside auth has the effect of auth.logs where that says nothing, but writes no file", async () => {
  await using world = await loginWorld();
  const text = Deno.readTextFileSync(world.home.at("repo/atmos.yaml"));
  const stderr = async (logs: string, args = ["auth", "whoami", "dev"]) => {
    world.home.write("repo/atmos.yaml", text.replace(/^auth:\n/m, () => logs));
    return (await world.run(args)).stderr;
  };
  await world.run(["auth", "login", "dev"]);
  const logged = / event="configuration file" /;
  for (const level of ["Debug", "Trace"]) match(await stderr(`logs: {level: ${level}}\nauth:\n`), logged);
  match(await stderr("logs: {level: Debug, file: /dev/stderr}\nauth:\n"), logged);
  for (const level of ["Info", "Warning", "Off"]) {
    doesNotMatch(await stderr(`logs: {level: ${level}}\nauth:\n`), logged);
  }
  doesNotMatch(await stderr("logs: {level: Debug}\nauth:\n  logs: {level: Warn}\n"), logged);
  const path = world.home.at("repo/all.log");
  const toFile = `logs: {level: Debug, file: ${path}}\nauth:\n`;
  doesNotMatch(await stderr(toFile), logged);
  match(
    await stderr(toFile, ["auth", "validate"]),
    /atmos\.yaml:1:\d+: logs\.file: it is for other commands .*auth\.logs\.file\n/,
  );
  equal(world.home.read("repo/all.log"), undefined);
});

Deno.test("log: what completes a line writes to a file only", async () => {
  await using world = await loginWorld();
  const run = (env: Readonly<Record<string, string>>) =>
    runAtmos(["complete", "auth", "login", ""], { env: world.env(env), cwd: world.home.at("repo") });
  const loud = await run({ ATMOS_LOGS_LEVEL: "trace" });
  equal(loud.stderr, "");
  const path = world.home.at("complete.log");
  const quiet = await run({ ATMOS_LOGS_FILE: path, ATMOS_LOGS_LEVEL: "nonsense" });
  deepEqual([quiet.stdout, quiet.stderr], [loud.stdout, ""]);
  match(Deno.readTextFileSync(path), / event="command begins" command=complete /);
  deepEqual((await run({ ATMOS_LOGS_FILE: "/nowhere/x.log" })).stderr, "");
});
