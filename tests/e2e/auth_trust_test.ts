import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

const LIST = ".local/state/atmos/trusted.json";
const REFUSED =
  /^Error: \S+atmos\.yaml:2:10: Cannot use configuration .* runs commands \(!exec\), and you have not trusted it\nHint: Read the file, then: atmos auth trust(.*)\nHint: In CI: set ATMOS_TRUST=1\n$/;

/** A configuration that leaves a file behind when it runs. */
function repository(home: TempHome) {
  home.write("repo/atmos.yaml", "auth:\n  realm: !exec touch proof && echo lab\n");
  return { env: home.env({ PATH: "/usr/bin:/bin" }), cwd: home.at("repo") };
}

Deno.test("auth trust: until then a configuration that runs commands is refused, with what to do", async () => {
  using home = tempHome();
  const options = repository(home);
  for (const command of [["auth", "list"], ["auth", "validate"], ["auth", "validate", "--output", "json"]]) {
    const { status, stderr } = await runAtmos(command, options);
    equal(status, 3);
    match(stderr, REFUSED);
  }
  const asked = await runAtmos(["auth", "trust"], options);
  equal(asked.status, 2);
  match(asked.stderr, /\n {2}2:10: auth\.realm runs: touch proof && echo lab\n\nError: .*\nHint: .*--yes\n/);
  equal((await runAtmos(["auth", "trust", "--dry-run"], options)).status, 0);
  deepEqual(home.files(), ["repo/atmos.yaml"]);
});

Deno.test("auth trust: ATMOS_TRUST=1 is enough in a pipeline, and remembers nothing", async () => {
  using home = tempHome();
  const options = repository(home);
  const run = await runAtmos(["auth", "validate"], { ...options, env: { ...options.env, ATMOS_TRUST: "1" } });
  equal(run.status, 0, run.stderr);
  deepEqual(home.files(), ["repo/atmos.yaml", "repo/proof"]);
});

Deno.test("auth trust: path and hash are remembered, for their owner alone; then the configuration is used", async () => {
  using home = tempHome();
  const options = repository(home);
  const trusted = await runAtmos(["auth", "trust", "--yes"], options);
  deepEqual([trusted.status, trusted.stdout], [0, ""]);
  equal(home.read("repo/proof"), undefined);
  equal(Deno.statSync(home.at(LIST)).mode! & 0o777, 0o600);
  equal(Deno.statSync(home.at(".local/state/atmos")).mode! & 0o777, 0o700);
  const [[path, hash] = [], ...more] = Object.entries(JSON.parse(home.read(LIST)!).files);
  deepEqual([path, more], [home.at("repo/atmos.yaml"), []]);
  match(String(hash), /^[0-9a-f]{64}$/);
  equal((await runAtmos(["auth", "validate"], options)).status, 0);
  equal(home.read("repo/proof"), "");
});

Deno.test("auth trust: a change ends it, --list and --revoke tell and forget", async () => {
  using home = tempHome();
  const options = repository(home);
  const file = home.at("repo/atmos.yaml");
  await runAtmos(["auth", "trust", "-y"], options);
  equal((await runAtmos(["auth", "trust", "--list"], options)).stdout, `${file}\n`);
  home.write("repo/atmos.yaml", "auth:\n  realm: !exec touch evil\n");
  const refused = await runAtmos(["auth", "list"], options);
  equal(refused.status, 3);
  match(refused.stderr, /not trusted it as it is now: it has changed since\n/);
  equal((await runAtmos(["auth", "trust", "--list"], options)).stdout, `${file}  (changed since you trusted it)\n`);
  match((await runAtmos(["auth", "trust", "-y"], options)).stderr, /\(it has changed since you trusted it\)\n/);
  const revoked = await runAtmos(["auth", "trust", "--revoke", "atmos.yaml"], options);
  deepEqual([revoked.status, revoked.stdout, revoked.stderr], [0, "", `No longer trusted: ${file}\n`]);
  equal((await runAtmos(["auth", "list"], options)).status, 3);
  equal(home.read("repo/evil"), undefined);
});

const onLinux = Deno.build.os === "linux";
if (!onLinux) console.log("SKIP auth trust on a terminal: the script program of this system takes other flags");
const SCRIPT = onLinux && hasProgram("script", "auth trust on a terminal");

for (const [answer, status] of [["y\n", 0], ["n\n", 130], ["\n", 130], ["\x04", 130], ["\x03", 130]] as const) {
  Deno.test({
    name: `auth trust: on a terminal a person is asked; ${JSON.stringify(answer)} gives ${status}`,
    ignore: !SCRIPT,
    fn: async () => {
      using home = tempHome();
      const run = await onTerminal({ ...repository(home), args: ["auth", "trust"], question: "[y/N] ", answer });
      equal(run.status, status, run.shown);
      match(run.shown, /auth\.realm runs: touch proof && echo lab\r\n\r\nTrust 1 file\? \[y\/N\] /);
      equal(home.read(LIST) !== undefined, status === 0);
      equal(home.read("repo/proof"), undefined);
    },
  });
}

Deno.test("auth trust: bad input is one clear line, a hint and its status", async () => {
  using home = tempHome();
  const options = repository(home);
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["--list", "--revoke"], 2, /^Error: Cannot combine --list with --revoke: .*\nHint: .*\n$/],
    [["--revoke", "other.yaml"], 2, /^Error: Cannot revoke trust of "other\.yaml": it is not trusted\nHint: .*\n$/],
    [["no.yaml"], 2, /^Error: Cannot read configuration "\S+no\.yaml": it is not there\n$/],
    [["a", "b"], 2, /^Error: Cannot parse "b": "auth trust" takes 1 at most \(file\)\nHint: .*\n$/],
    [["--yse"], 2, /^Error: Cannot parse --yse: no such flag\nHint: .*\n$/],
    [["--config", "no.yaml", "-y"], 2, /^Error: Cannot find configuration "no\.yaml": .*\nHint: .*\n$/],
  ];
  for (const [flags, expected, said] of cases) {
    const { status, stdout, stderr } = await runAtmos(["auth", "trust", ...flags], options);
    deepEqual({ status, stdout }, { status: expected, stdout: "" }, stderr);
    match(stderr, said);
  }
  home.write(LIST, '{"version":1,"files":{}}', 0o666);
  const shared = await runAtmos(["auth", "trust", "-y"], options);
  equal(shared.status, 3);
  match(shared.stderr, /Error: Cannot use list of trusted files ".*": others may write to it .*\nHint: .*chmod 600/);
});

Deno.test("auth trust: neither a flag nor a link out of HOME's own configuration hands trust on", async () => {
  using home = tempHome();
  const options = repository(home);
  for (const named of [["--config", "atmos.yaml"], ["--config-path", "."]]) {
    const [, words = ""] = REFUSED.exec((await runAtmos(["auth", "list", ...named], options)).stderr) ?? [];
    deepEqual(words.trim().split(" "), named);
    equal((await runAtmos(["auth", "trust", "--yes", ...words.trim().split(" ")], options)).status, 0);
    equal((await runAtmos(["auth", "list", ...named], options)).status, 0);
    equal((await runAtmos(["auth", "trust", "--revoke", home.at("repo/atmos.yaml")], options)).status, 0);
  }
  Deno.symlinkSync(home.at("repo"), home.at(".atmos"));
  home.write("elsewhere/x", "");
  match((await runAtmos(["auth", "list"], { ...options, cwd: home.at("elsewhere") })).stderr, /not trusted/);
});

Deno.test("auth trust: a link in the working tree that leads out of HOME is a write outside of it", async () => {
  using home = tempHome();
  const path = (text: string) =>
    home.write(
      "repo/atmos.yaml",
      `auth: {integrations: {a: {kind: aws/eks, spec: {cluster: {name: a, region: us-east-1, kubeconfig: {path: ${text}}}}}}}\n`,
    );
  const options = { env: home.env({}), cwd: home.at("repo") };
  path("inside/k");
  Deno.symlinkSync("/etc", home.at("repo/out"));
  Deno.symlinkSync("/etc/atmos-not-there", home.at("repo/dangling"));
  Deno.symlinkSync(home.at("repo"), home.at("repo/here"));
  for (const text of ["inside/k", "here/k", "~/k"]) {
    path(text);
    equal((await runAtmos(["auth", "list"], options)).status, 0, text);
  }
  for (const text of ["out/k", "./out/deeper/k", "~/repo/out/k", "dangling", "here/out/k"]) {
    path(text);
    match((await runAtmos(["auth", "list"], options)).stderr, /kubeconfig\.path writes outside HOME/, text);
  }
});

Deno.test("auth trust: the command of the hint works from where the first one was typed", async () => {
  using home = tempHome();
  const { env } = repository(home);
  const options = { env: { ...env, PWD: home.path }, cwd: home.path };
  const list = ["-C", "repo", "auth", "list"];
  const [, words = ""] = REFUSED.exec((await runAtmos(list, options)).stderr) ?? [];
  equal(words, ` -C ${home.at("repo")}`);
  equal((await runAtmos(["auth", "trust", "--yes", ...words.trim().split(" ")], options)).status, 0);
  equal((await runAtmos(list, options)).status, 0);
});

Deno.test("auth trust: with a relative HOME the working tree's own .atmos is refused", async () => {
  using home = tempHome();
  home.write("repo/.atmos/atmos.yaml", "auth:\n  realm: !exec touch proof\n");
  const options = { env: { HOME: ".", PATH: "/usr/bin:/bin" }, cwd: home.at("repo") };
  await runAtmos(["auth", "list"], options);
  match((await runAtmos(["auth", "list", "--config", ".atmos/atmos.yaml"], options)).stderr, /not trusted/);
  deepEqual(home.files(), ["repo/.atmos/atmos.yaml"]);
});

Deno.test("auth trust: an import of everything is one clear error", async () => {
  using home = tempHome();
  const file = home.write("repo/atmos.yaml", 'import: ["/"]\n');
  const { status, stderr } = await runAtmos(["auth", "list"], { env: home.env(), cwd: home.at("repo") });
  equal(status, 3);
  match(stderr, new RegExp(`^Error: ${file}:1:10: Cannot .*\\n$`));
});
