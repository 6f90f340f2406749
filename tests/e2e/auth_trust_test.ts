import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

const LIST = ".local/state/atmos/trusted.json";
/** A command that uses the configuration, and needs nothing else. */
const USE = ["auth", "logout", "--all"];
const REFUSED =
  /^Error: \S+atmos\.yaml:1:4: Cannot use x !exec touch proof && echo lab: it runs a command, and you have not trusted it\nHint: Read it, then: atmos auth trust(.*)\nHint: In CI: set ATMOS_TRUST=1\n$/;
const NOT_RUN = /^(?:Warning: )?\S*atmos\.yaml:1:4: x: !exec does not run until you trust it: atmos auth trust$/m;

/** A configuration that leaves a file behind when it runs. */
function repository(home: TempHome) {
  home.write("repo/atmos.yaml", "x: !exec touch proof && echo lab\n");
  return { env: home.env({ PATH: "/usr/bin:/bin" }), cwd: home.at("repo") };
}

Deno.test("auth trust: what only looks runs nothing and warns; what uses it is refused, with what to do", async () => {
  using home = tempHome();
  const options = repository(home);
  for (const command of [["auth", "list"], ["auth", "validate"]]) {
    const { status, stderr } = await runAtmos(command, options);
    equal(status, 0, stderr);
    match(stderr, NOT_RUN);
  }
  for (const env of [{}, { CI: "true", ATMOS_TRUST: "0" }, { ATMOS_TRUST: "0" }, { CI: "false" }]) {
    const { status, stderr } = await runAtmos(USE, { ...options, env: { ...options.env, ...env } });
    equal(status, 3);
    match(stderr, REFUSED);
  }
  const asked = await runAtmos(["auth", "trust"], options);
  equal(asked.status, 2);
  match(
    asked.stderr,
    /\n {2}1:4: x: !exec touch proof && echo lab {2}runs a command, with every file of this repository\nError: .*\nHint: .*--yes\n/,
  );
  equal((await runAtmos(["auth", "trust", "--dry-run"], options)).status, 0);
  deepEqual(home.files(), ["repo/atmos.yaml"]);
});

Deno.test("auth trust: ATMOS_TRUST=1 or CI=true is enough in a pipeline, and remembers nothing", async () => {
  for (const env of [{ ATMOS_TRUST: "1" }, { CI: "true" }]) {
    using home = tempHome();
    const options = repository(home);
    const run = await runAtmos(USE, { ...options, env: { ...options.env, ...env } });
    equal(run.status, 0, run.stderr);
    const files = home.files().filter((path) => !path.includes("/auth/logouts.json"));
    deepEqual(files, ["repo/atmos.yaml", "repo/proof"]);
  }
});

Deno.test("auth trust: setting and hash are remembered, for their owner alone; then the configuration is used", async () => {
  using home = tempHome();
  const options = repository(home);
  const trusted = await runAtmos(["auth", "trust", "--yes"], options);
  deepEqual([trusted.status, trusted.stdout], [0, ""]);
  equal(home.read("repo/proof"), undefined);
  equal(Deno.statSync(home.at(LIST)).mode! & 0o777, 0o600);
  equal(Deno.statSync(home.at(".local/state/atmos")).mode! & 0o777, 0o700);
  const { version, powers: [{ hash, ...power }, ...more] } = JSON.parse(home.read(LIST)!);
  deepEqual([version, power, more], [2, {
    file: home.at("repo/atmos.yaml"),
    path: "x",
    line: 1,
    column: 4,
    value: "!exec touch proof && echo lab",
  }, []]);
  match(String(hash), /^[0-9a-f]{64}$/);
  equal((await runAtmos(USE, options)).status, 0);
  equal(home.read("repo/proof"), "");
});

Deno.test("auth trust: what a trusted command gives for a power needs no more trust, whatever it prints", async () => {
  using home = tempHome();
  const options = repository(home);
  home.write("repo/atmos.yaml", "auth:\n  realm: !exec cat ../realm\n");
  home.write("realm", "one\n");
  equal((await runAtmos(["auth", "trust", "--yes"], options)).status, 0);
  for (const realm of ["one", "two"]) {
    home.write("realm", realm);
    const { status, stderr } = await runAtmos(USE, options);
    deepEqual([status, stderr], [0, `Nothing to remove: nothing is stored for realm ${realm}.\n`]);
  }
});

Deno.test("auth trust: a change ends it, other edits do not; --list and --revoke tell and forget", async () => {
  using home = tempHome();
  const options = repository(home);
  const file = home.at("repo/atmos.yaml");
  const write = (command: string) => home.write("repo/atmos.yaml", `x: !exec ${command}\n`);
  write("./tool.sh");
  home.write("repo/tool.sh", "#!/bin/sh\necho 1\n", 0o700);
  await runAtmos(["auth", "trust", "-y"], options);
  equal((await runAtmos(["auth", "trust", "--list"], options)).stdout, `${file}:1:4: x: !exec ./tool.sh\n`);
  equal((await runAtmos(USE, options)).status, 0);
  home.write("repo/atmos.yaml", "# more\ny: 1\nx: !exec ./tool.sh\n");
  equal((await runAtmos(USE, options)).status, 0);
  home.write("repo/tool.sh", "#!/bin/sh\ntouch evil\n", 0o700);
  match((await runAtmos(USE, options)).stderr, /x !exec \.\/tool\.sh, which has changed since you trusted it: /);
  write("touch evil");
  const refused = await runAtmos(USE, options);
  equal(refused.status, 3);
  match(refused.stderr, /x !exec touch evil, which has changed since you trusted it: it runs a command, /);
  match((await runAtmos(["auth", "trust", "-y"], options)).stderr, /\(changed since you trusted it\)\n/);
  const revoked = await runAtmos(["auth", "trust", "--revoke", "atmos.yaml"], options);
  deepEqual([revoked.status, revoked.stdout, revoked.stderr], [0, "", `No longer trusted: ${file}\n`]);
  equal((await runAtmos(USE, options)).status, 3);
  equal(home.read("repo/evil"), undefined);
});

const onLinux = Deno.build.os === "linux";
if (!onLinux) console.log("SKIP auth trust on a terminal: the script program of this system takes other flags");
const SCRIPT = onLinux && hasProgram("script", "auth trust on a terminal");

for (const [answer, status] of [["y\n", 0], ["n\n", 130], ["\n", 130], ["\x04", 130], ["\x03", 130]] as const) {
  Deno.test({
    name: `auth trust: on a terminal the user is asked; ${JSON.stringify(answer)} gives ${status}`,
    ignore: !SCRIPT,
    fn: async () => {
      using home = tempHome();
      const run = await onTerminal({ ...repository(home), args: ["auth", "trust"], question: "[y/N] ", answer });
      equal(run.status, status, run.shown);
      match(
        run.shown,
        /1:4: x: \S*!exec touch proof && echo lab\S* {2}runs a command, with every file of this repository\r\nTrust 1 setting\? \[y\/N\] /,
      );
      equal(home.read(LIST) !== undefined, status === 0);
      equal(home.read("repo/proof"), undefined);
    },
  });
}

for (const ahead of ["y\n", "yes\ny\ny\n", `${"y\n".repeat(500)}`, "y"]) {
  for (const [answer, status] of [["\n", 130], ["y\n", 0]] as const) {
    Deno.test({
      name: `auth trust: ${JSON.stringify(ahead.slice(0, 12))} typed before the question is no answer to it; ` +
        JSON.stringify(answer),
      ignore: !SCRIPT,
      fn: async () => {
        using home = tempHome();
        const place = { ...repository(home), args: ["auth", "trust"], question: "[y/N] " };
        const run = await onTerminal({ ...place, ahead, answer });
        equal(run.status, status, run.shown);
        equal(home.read(LIST) !== undefined, status === 0);
      },
    });
  }
}

for (const [answer, status] of [["y\n", 0], ["n\n", 3], ["\n", 3], ["\x04", 3], ["\x03", 130]] as const) {
  Deno.test({
    name: `auth trust: a command on a terminal asks before it uses; ${JSON.stringify(answer)} gives ${status}`,
    ignore: !SCRIPT,
    fn: async () => {
      using home = tempHome();
      const options = repository(home);
      // Outside: a file of the tree that the line names is part of what is trusted.
      home.write("repo/atmos.yaml", "x: !exec touch ../proof\n");
      const run = await onTerminal({ ...options, args: USE, question: "[y/N] ", answer });
      equal(run.status, status, run.shown);
      match(run.shown, /would use settings of the working tree that need your trust:\r\n/);
      match(
        run.shown,
        /1:4: x: \S*!exec touch \.\.\/proof\S* {2}runs a command, with every file of this repository\r\nTrust 1 setting\? \[y\/N\] /,
      );
      equal(home.read(LIST) !== undefined, status === 0);
      equal(home.read("proof") !== undefined, status === 0);
      if (status === 0) equal((await runAtmos(USE, options)).status, 0);
    },
  });
}

Deno.test("auth trust: bad input is one clear line, a hint and its status", async () => {
  using home = tempHome();
  const options = repository(home);
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["--list", "--revoke"], 2, /^Error: Cannot combine --list with --revoke: .*\nHint: .*\n$/],
    [["--revoke", "other.yaml"], 2, /^Error: Cannot revoke trust of "other\.yaml": it is not trusted\nHint: .*\n$/],
    [["no.yaml"], 2, /^Error: Cannot find configuration "no\.yaml": it does not exist\nHint: .*\n$/],
    [["a", "b"], 2, /^Error: Cannot parse "b": "auth trust" takes 1 at most \(file\|component\)\nHint: .*\n$/],
    [["--yse"], 2, /^Error: Unknown flag --yse\nHint: .*\n$/],
    [["--config", "no.yaml", "-y"], 2, /^Error: Cannot find configuration "no\.yaml": .*\n(?:Hint: .*\n){2}$/],
  ];
  for (const [flags, expected, said] of cases) {
    const { status, stdout, stderr } = await runAtmos(["auth", "trust", ...flags], options);
    deepEqual({ status, stdout }, { status: expected, stdout: "" }, stderr);
    match(stderr, said);
  }
  home.write(LIST, '{"version":1,"files":{}}', 0o666);
  const shared = await runAtmos(["auth", "trust", "-y"], options);
  equal(shared.status, 3);
  match(
    shared.stderr,
    /Error: Cannot use list of trusted files ".*": other users can write to it .*\nHint: .*chmod 600/,
  );
});

Deno.test("auth trust: neither a flag nor a link out of HOME's own configuration hands trust on", async () => {
  using home = tempHome();
  const options = repository(home);
  const refused =
    /^Error: \S+:1:4: Cannot use x !exec touch proof && echo lab: .*\nHint: Read it, then: atmos auth trust(.*)\n/;
  for (const named of [["--config", "atmos.yaml"], ["--config-path", "."]]) {
    const [, words = ""] = refused.exec((await runAtmos([...USE, ...named], options)).stderr) ?? [];
    deepEqual(words.trim().split(" "), named);
    equal((await runAtmos(["auth", "trust", "--yes", ...words.trim().split(" ")], options)).status, 0);
    equal((await runAtmos([...USE, ...named], options)).status, 0);
    equal((await runAtmos(["auth", "trust", "--revoke", home.at("repo/atmos.yaml")], options)).status, 0);
  }
  Deno.symlinkSync(home.at("repo"), home.at(".atmos"));
  home.write("elsewhere/x", "");
  match((await runAtmos(USE, { ...options, cwd: home.at("elsewhere") })).stderr, refused);
});

Deno.test("auth trust: the command of the hint works from where the first one was typed", async () => {
  using home = tempHome();
  const { env } = repository(home);
  const options = { env: { ...env, PWD: home.path }, cwd: home.path };
  const use = ["-C", "repo", ...USE];
  const [, words = ""] = /\nHint: Read it, then: atmos auth trust(.*)\n/.exec((await runAtmos(use, options)).stderr) ??
    [];
  equal(words, ` -C ${home.at("repo")}`);
  equal((await runAtmos(["auth", "trust", "--yes", ...words.trim().split(" ")], options)).status, 0);
  equal((await runAtmos(use, options)).status, 0);
});

Deno.test("auth trust: with a relative HOME the working tree's own .atmos is refused", async () => {
  using home = tempHome();
  home.write("repo/.atmos/atmos.yaml", "auth:\n  realm: !exec touch proof\n");
  const options = { env: { HOME: ".", PATH: "/usr/bin:/bin" }, cwd: home.at("repo") };
  await runAtmos(USE, options);
  match((await runAtmos([...USE, "--config", ".atmos/atmos.yaml"], options)).stderr, /have not trusted it/);
  deepEqual(home.files(), ["repo/.atmos/atmos.yaml"]);
});

Deno.test("auth trust: an import of everything is one clear error", async () => {
  using home = tempHome();
  const file = home.write("repo/atmos.yaml", 'import: ["/"]\n');
  const { status, stderr } = await runAtmos(["auth", "list"], { env: home.env(), cwd: home.at("repo") });
  equal(status, 3);
  match(stderr, new RegExp(`^Error: ${file}:1:10: Cannot .*\\n$`));
});
