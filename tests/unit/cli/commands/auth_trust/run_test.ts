import { deepEqual, equal, match } from "node:assert/strict";
import { app } from "../../../../../src/app.ts";
import { REGISTRY } from "../../../../../src/cli/registry.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { diskWith, memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const REPO = "/home/me/repo";
const FILE = `${REPO}/atmos.yaml`;
const LIST = "/home/me/.local/state/atmos/trusted.json";
const EXEC = "a: !exec echo hi\n";
const SHOWN = `${FILE}\n  1:4: a: !exec echo hi  runs a command\n`;
const TRUSTED = `Trusted 1 setting until it changes: ${LIST}\n`;

interface ListLine {
  readonly file: string;
  readonly path: string;
  readonly value: string;
  readonly state: string;
}

/** One computer on which several commands run, one after the other. */
function computer(files: Readonly<Record<string, string>>) {
  const disk = diskWith(files);
  const trust = (flags: readonly string[] = [], options: MemoryAtmosOptions = {}) =>
    memoryAtmos(["auth", "trust", ...flags], { disk, ...options });
  const validate = (options: MemoryAtmosOptions = {}) => memoryAtmos(["auth", "validate"], { disk, ...options });
  /** A command that uses the configuration. */
  const use = (options: MemoryAtmosOptions = {}) => memoryAtmos(["auth", "logout", "--all"], { disk, ...options });
  const listed = async () => {
    const lines: readonly ListLine[] = JSON.parse((await trust(["--list", "--output", "json"])).out);
    return lines.map(({ file, path, value, state }) => [file, path, value, state]);
  };
  return { disk, trust, validate, use, listed };
}

const USER = { tty: { stdin: true, stderr: true } };

Deno.test("trust: shows every power with its place, runs nothing, and remembers", async () => {
  const { trust, use, validate, disk } = computer({
    [FILE]: 'import: [b.yaml]\na: !exec "vault read x"\nauth:\n  realm: own\n' +
      '  providers: {p: {kind: aws/saml, region: us-east-1, url: "https://idp/x", password: hunter2}}\n',
    [`${REPO}/b.yaml`]: "b:\n  - !exec |\n    one\n    two\n",
  });
  const refused = await use();
  equal(refused.status, 3);
  match(
    refused.err,
    /^Error: .*atmos\.yaml:2:4: Cannot use a !exec vault read x: .*\nHint: Also .*\nHint: .*: atmos auth trust\n/,
  );
  const { status, out, err, seen } = await trust(["--yes"]);
  deepEqual({ status, out, runs: seen.runs }, { status: 0, out: "", runs: [] });
  equal(
    err,
    `${FILE}
  2:4: a: !exec vault read x  runs a command
  4:10: auth.realm: "own"  shares the logins of other directories
  5:59: auth.providers.p.url: "https://idp/x"  sets where a password is typed
  5:86: auth.providers.p.password: [hidden]  is sent to the page
${REPO}/b.yaml
  2:5: b[0]:  runs a command, with every file of this repository
      | !exec one
      | two
Trusted 5 settings until they change: ${LIST}
`,
  );
  equal(disk.reader.stat(LIST)?.mode, 0o600);
  equal(disk.text(LIST)?.includes("hunter2"), false);
  const run = [1, 2].map(() => ({ status: 0, stdout: "x", stderr: "" }));
  deepEqual((await validate({ run })).seen.runs.map(({ args }) => args[1]), ["vault read x", "one\ntwo\n"]);
  equal((await use({ run })).status, 0);
});

Deno.test("trust: the user is asked, and only yes is yes", async () => {
  for (const answer of ["y", "Y", "yes", " YES "]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { ...USER, env: { NO_COLOR: "1" }, lines: [answer] });
    deepEqual({ status, err }, { status: 0, err: `${SHOWN}Trust 1 setting? [y/N] ${answer}\n${TRUSTED}` });
    equal(disk.reader.stat(LIST) !== undefined, true);
  }
  for (const lines of [["n"], [""], ["yessir"], ["no"], []]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { ...USER, env: { NO_COLOR: "1" }, lines });
    equal(status, 130);
    const end = "Cancelled: nothing was changed\n";
    equal(err, `${SHOWN}Trust 1 setting? [y/N] ${lines[0] ?? ""}\n${end}`);
    equal(disk.reader.stat(LIST), undefined);
  }
});

Deno.test("trust: a command that uses the configuration asks the same, runs after a yes, and asks no more", async () => {
  const run = [{ status: 0, stdout: "hi", stderr: "" }];
  const TITLE = "This command would use settings of the working tree that need your trust:\n";
  for (const lines of [["n"], [""], []]) {
    const { use, disk } = computer({ [FILE]: EXEC });
    const { status, err, seen } = await use({ ...USER, env: { NO_COLOR: "1" }, lines, run });
    deepEqual([status, seen.runs], [3, []]);
    const end = `Error: ${FILE}:1:4: Cannot use a !exec echo hi: it runs a command, and you have not trusted it\n`;
    equal(err.startsWith(`${TITLE}${SHOWN}Trust 1 setting? [y/N] ${lines[0] ?? ""}\n${end}`), true, err);
    equal(disk.reader.stat(LIST), undefined);
  }
  const { use, listed } = computer({ [FILE]: EXEC });
  const yes = await use({ ...USER, env: { NO_COLOR: "1" }, lines: ["y"], run });
  deepEqual([yes.status, yes.seen.runs.length], [0, 1]);
  equal(yes.err.startsWith(`${TITLE}${SHOWN}Trust 1 setting? [y/N] `), true, yes.err);
  deepEqual(await listed(), [[FILE, "a", "!exec echo hi", "trusted"]]);
  const again = await use({ ...USER, lines: [], run });
  deepEqual([again.status, again.err.includes("Trust ")], [0, false]);
});

Deno.test("trust: a yes that cannot be written counts for this run, with a warning", async () => {
  const { use, disk } = computer({ [FILE]: EXEC });
  disk.directory("/home/me/closed");
  disk.close("/home/me/closed", "read-only");
  const run = [{ status: 0, stdout: "hi", stderr: "" }];
  const { status, err } = await use({ ...USER, lines: ["y"], run, env: { XDG_STATE_HOME: "/home/me/closed" } });
  deepEqual([status, /Warning: Trusted for this run only: .*read-only/.test(err)], [0, true]);
});

Deno.test("trust: without a terminal it takes --yes; status 2 and how otherwise", async () => {
  for (const tty of [{}, { stdin: true }, { stderr: true }]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { tty, env: { NO_COLOR: "1" }, lines: ["y"] });
    equal(status, 2);
    equal(
      err,
      `${SHOWN}Error: Cannot ask whether to trust 1 setting: there is no terminal\n` +
        "Hint: Review them, then: atmos auth trust --yes\nHint: In CI: set ATMOS_TRUST=1\n",
    );
    equal(disk.reader.stat(LIST), undefined);
  }
});

Deno.test("trust: where nothing needs it, that is said, with or without a configuration, terminal or not", async () => {
  for (const files of [{}, { [FILE]: "a: 1" }, { "/home/me/.atmos/atmos.yaml": EXEC }]) {
    for (const options of [{}, USER]) {
      const { status, out, err } = await computer(files).trust([], options);
      deepEqual({ status, out, err }, { status: 0, out: "", err: "Nothing needs trust.\n" });
    }
  }
});

Deno.test("trust: --dry-run says what would be trusted and writes nothing", async () => {
  const { trust, disk } = computer({ [FILE]: EXEC });
  const { status, err } = await trust(["--dry-run"]);
  deepEqual({ status, err }, { status: 0, err: `${SHOWN}Would trust 1 setting; nothing was written.\n` });
  equal(disk.reader.stat(LIST), undefined);
});

Deno.test("trust: a setting that has changed is shown as such until it is trusted again; other edits ask nothing", async () => {
  const { trust, use, disk, listed } = computer({ [FILE]: EXEC });
  await trust(["-y"]);
  equal((await trust()).err, "Nothing needs trust.\n");
  disk.put(FILE, `# more\nb: 1\n${EXEC}`);
  equal((await trust()).err, "Nothing needs trust.\n");
  disk.put(FILE, "a: !exec echo changed\n");
  match(
    (await use()).err,
    /^Error: .*:1:4: Cannot use a !exec echo changed, which has changed since you trusted it: it runs a command, and you have not trusted it\nHint: .*atmos auth trust\n/,
  );
  const { err } = await trust(["-y"]);
  equal(err, `${FILE}\n  1:4: a: !exec echo changed  runs a command (changed since you trusted it)\n${TRUSTED}`);
  deepEqual(await listed(), [[FILE, "a", "!exec echo changed", "trusted"]]);
});

Deno.test("trust: what a trusted command starts in the same tree is covered, what lies elsewhere is not", async () => {
  const script = `${REPO}/bin/secret.sh`;
  for (const line of ["./bin/secret.sh x", "bash 'bin/secret.sh'", "FOO=1;bin/secret.sh|cat", script]) {
    const { trust, disk } = computer({ [FILE]: `a: !exec ${line}\n`, [script]: "echo 1\n" });
    await trust(["-y"]);
    equal((await trust()).err, "Nothing needs trust.\n", line);
    disk.put(script, "curl evil\n");
    match((await trust(["--dry-run"])).err, /changed since you trusted it/, line);
    disk.put(script, "echo 1\n");
    equal((await trust()).err, "Nothing needs trust.\n", line);
  }
  const { trust, disk } = computer({ [FILE]: "a: !exec /opt/tool\n", "/opt/tool": "1" });
  await trust(["-y"]);
  disk.put("/opt/tool", "2");
  equal((await trust()).err, "Nothing needs trust.\n");
});

Deno.test("trust: what is trusted is what was shown, though the file changes while the user thinks", async () => {
  const { disk, listed, trust } = computer({ [FILE]: EXEC });
  const read = { ...disk.reader, cwd: () => REPO };
  const host = fakeHost({ files: { read, write: disk.writer }, env: { HOME: "/home/me" }, ...USER });
  const typed = ["y", "\r"];
  const next = () => {
    disk.put(FILE, "a: !exec echo swapped\n");
    return Promise.resolve(typed.shift());
  };
  const keys: typeof host.terminal.keys = (body) => body(next);
  const world = { host: { ...host, terminal: { ...host.terminal, keys } }, registry: REGISTRY, giveUp: () => {} };
  equal(await app(world, ["auth", "trust"]), 0);
  deepEqual(await listed(), [[FILE, "a", "!exec echo hi", "trusted"]]);
  match((await trust(["--dry-run"])).err, /echo swapped {2}runs a command \(changed since you trusted it\)\n/);
});

Deno.test("trust: --list tells what is trusted, with its place, on stdout", async () => {
  const gone = "/home/me/gone.yaml";
  const { trust, disk, listed } = computer({ [FILE]: EXEC, [gone]: EXEC });
  const none = await trust(["--list"]);
  deepEqual([none.status, none.out, none.err], [0, "", "Nothing is trusted.\n"]);
  deepEqual(await listed(), []);
  await trust(["-y"]);
  await trust(["-y", gone]);
  disk.writer.remove(gone);
  const { status, out, err } = await trust(["--list"]);
  const lines = `${FILE}:1:4: a: !exec echo hi\n${gone}:1:4: a: !exec echo hi  (the file is no longer there)\n`;
  deepEqual({ status, out, err }, { status: 0, out: lines, err: "" });
  deepEqual((await listed()).map(([, , , state]) => state), ["trusted", "gone"]);
});

Deno.test("trust: --revoke takes one file, or all of the repository or directory", async () => {
  const other = "/home/me/other/atmos.yaml";
  const { trust, use, disk, listed } = computer({ [`${REPO}/.git/HEAD`]: "", [FILE]: EXEC, [other]: EXEC });
  const again = async () => {
    await trust(["-y", FILE]);
    await trust(["-y", other]);
  };
  await again();
  const dry = await trust(["--revoke", "atmos.yaml", "--dry-run"]);
  deepEqual([dry.status, dry.err], [0, `Would no longer trust ${FILE}\n`]);
  equal((await listed()).length, 2);
  const one = await trust(["--revoke", "atmos.yaml"]);
  deepEqual([one.status, one.err], [0, `No longer trusted: ${FILE}\n`]);
  equal((await use()).status, 3);
  deepEqual((await listed()).map(([file]) => file), [other]);
  await again();
  disk.directory(`${REPO}/deep/er`);
  const all = await trust(["--revoke"], { cwd: `${REPO}/deep/er` });
  deepEqual([all.status, all.err], [0, `No longer trusted: ${FILE}\n`]);
  deepEqual((await listed()).map(([file]) => file), [other]);
  equal((await trust(["--revoke"])).err, "Nothing is trusted here.\n");
  disk.writer.remove(other);
  equal((await trust(["--revoke", other])).err, `No longer trusted: ${other}\n`);
  const unknown = await trust(["--revoke", "no.yaml"]);
  equal(unknown.status, 2);
  match(unknown.err, /^Error: Cannot revoke trust of "no.yaml": it is not trusted\nHint: .*--list\n$/);
});

Deno.test("trust: one file alone, whether it is part of the configuration or not", async () => {
  const { trust } = computer({
    [FILE]: `import: [b.yaml]\n${EXEC}`,
    [`${REPO}/b.yaml`]: "b: !exec echo b\n",
    [`${REPO}/w.yaml`]: "auth: {keyring: {type: file, spec: {path: /var/k}}}",
    [`${REPO}/plain.yaml`]: "a: 1",
  });
  equal(
    (await trust(["--dry-run", "b.yaml"])).err,
    `${REPO}/b.yaml\n  1:4: b: !exec echo b  runs a command\nWould trust 1 setting; nothing was written.\n`,
  );
  match(
    (await trust(["--dry-run", "w.yaml"])).err,
    /w\.yaml\n {2}1:43: auth\.keyring\.spec\.path: "\/var\/k" {2}sets where keys are written\n/,
  );
  equal((await trust(["--dry-run", "plain.yaml"])).err, "Nothing needs trust.\n");
});

Deno.test("trust: a file whose import only a command can tell is trusted step by step", async () => {
  const { trust, use } = computer({ [FILE]: "import: [!exec find-it]\n", [`${REPO}/b.yaml`]: EXEC });
  equal(
    (await trust(["-y"])).err,
    `${FILE}\n  1:10: import[0]: !exec find-it  runs a command, with every file of this repository\n${TRUSTED}`,
  );
  const run = [{ status: 0, stdout: "b.yaml", stderr: "" }, { status: 0, stdout: "hi", stderr: "" }];
  match((await use({ run })).err, /^Error: .*b\.yaml:1:4: Cannot use a !exec echo hi: /);
  equal((await trust(["-y", "b.yaml"])).status, 0);
  equal((await use({ run })).status, 0);
});

Deno.test("trust: what cannot be read is one line and a documented status", async () => {
  for (const args of [["-y"], ["-y", "atmos.yaml"]]) {
    const broken = await computer({ [FILE]: "a: [" }).trust(args);
    equal(broken.status, 3);
    match(broken.err, /^Error: \/home\/me\/repo\/atmos\.yaml:\d+:\d+: Cannot read configuration [^\n]+\n$/);
  }
  const missing = await computer({}).trust(["no.yaml"]);
  deepEqual([missing.status, /it does not exist\n/.test(missing.err)], [2, true]);
  const { trust } = computer({ [FILE]: EXEC });
  equal((await trust(["--config", "/no.yaml"])).status, 2);
  equal((await trust(["--list", "x"])).status, 2);
  equal((await trust(["--revoke", "--yes"])).status, 2);
  equal((await trust(["a", "b"])).status, 2);
  equal((await trust(["-s", "prod"])).status, 2);
  const homeless = await trust(["-y"], { env: { HOME: "" } });
  deepEqual([homeless.status, /HOME is not set/.test(homeless.err)], [3, true]);
});

Deno.test("trust: a command cannot hide behind what a terminal obeys", async () => {
  const { trust } = computer({ [FILE]: 'a: !exec "evil \\e[8m\\r harmless \\u202e"\n' });
  const { err } = await trust(["--dry-run"]);
  match(err, /a: !exec evil \\x1b\[8m\\r harmless \\u202e {2}runs a command, with every file of this repository\n/);
});

Deno.test("trust: what may start any file of too many is not remembered, which is said", async () => {
  const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${REPO}/d/${at}`, ""]));
  const line = "  1:4: a: !exec sh $x  runs a command, for this run only: " +
    "it may start any file of a repository with more than 5,000 files or 50 MiB\n";
  const { trust, disk } = computer({ ...many, [FILE]: "a: !exec sh $x\n" });
  const { status, err } = await trust(["--yes"]);
  const unkept = "Not kept: 1 setting, trusted for one run only, when a command asks about it at a terminal\n";
  deepEqual([status, err, disk.text(LIST)], [0, `${FILE}\n${line}${unkept}`, undefined]);
  disk.put(`${REPO}/b.yaml`, "b: !exec echo x\n");
  disk.put(FILE, "import: [b.yaml]\na: !exec sh $x\n");
  const both = await trust(["--yes"]);
  equal(both.err.endsWith(`${unkept}Trusted 1 setting until it changes: ${LIST}\n`), true, both.err);
  equal(JSON.parse(disk.text(LIST)!).powers.length, 1);
});

Deno.test("trust: --output is for --list alone", async () => {
  const { trust, disk } = computer({ [FILE]: EXEC });
  for (const flags of [["--yes"], ["--revoke", FILE], ["--dry-run"]]) {
    const { status, out, err } = await trust([...flags, "--output", "json"]);
    deepEqual([status, out], [2, ""]);
    match(err, /^Error: Cannot use --output json: .*\nHint: .*: atmos auth trust --list --output json\n$/);
  }
  equal(disk.reader.stat(LIST), undefined);
});

Deno.test("trust: what JSON and text of the tree say is trusted at the place that includes it", async () => {
  const files = {
    [FILE]: "auth:\n  keyring: !include k.json\n  realm: !include to.txt\n",
    [`${REPO}/k.json`]: '{"type": "file", "spec": {"path": "/var/k"}}',
    [`${REPO}/to.txt`]: "own",
  };
  const { trust, use, listed, disk } = computer(files);
  equal((await use()).status, 3);
  const { status, err } = await trust(["--yes"]);
  equal(status, 0, err);
  match(err, /atmos\.yaml\n {2}2:12: auth\.keyring\.spec\.path: !include k\.json {2}sets where keys are written\n/);
  match(err, /\n {2}3:10: auth\.realm: !include to\.txt {2}shares the logins of other directories\n/);
  deepEqual((await listed()).map(([file, path]) => [file, path]), [
    [FILE, "auth.keyring.spec.path"],
    [FILE, "auth.realm"],
  ]);
  equal((await use()).status, 0);
  disk.put(`${REPO}/to.txt`, "other");
  equal((await use()).status, 3);
});
