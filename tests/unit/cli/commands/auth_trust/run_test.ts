import { deepEqual, equal, match } from "node:assert/strict";
import { app } from "../../../../../src/app.ts";
import { REGISTRY } from "../../../../../src/cli/registry.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { diskWith, memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const REPO = "/home/me/repo";
const FILE = `${REPO}/atmos.yaml`;
const LIST = "/home/me/.local/state/atmos/trusted.json";
const EXEC = "a: !exec echo hi\n";
const SHOWN = `${FILE}\n  1:4: a runs: echo hi\n\n`;
const TRUSTED = `Trusted 1 file, as long as it stays as it is: ${LIST}\n`;

/** One computer on which several commands run, one after the other. */
function computer(files: Readonly<Record<string, string>>) {
  const disk = diskWith(files);
  const trust = (flags: readonly string[] = [], options: MemoryAtmosOptions = {}) =>
    memoryAtmos(["auth", "trust", ...flags], { disk, ...options });
  const validate = (options: MemoryAtmosOptions = {}) => memoryAtmos(["auth", "validate"], { disk, ...options });
  const listed = async () => JSON.parse((await trust(["--list", "--output", "json"])).out);
  return { disk, trust, validate, listed };
}

const PERSON = { tty: { stdin: true, stderr: true } };

Deno.test("trust: shows every command with its line and every write outside HOME, runs nothing, and remembers", async () => {
  const { trust, validate, disk } = computer({
    [FILE]: 'import: [b.yaml]\na: !exec "vault read x"\nauth: {keyring: {type: file, spec: {path: /var/keys}}}\n',
    [`${REPO}/b.yaml`]: "b:\n  - !exec |\n    one\n    two\n",
  });
  const refused = await validate();
  equal(refused.status, 3);
  match(
    refused.err,
    /^Error: .*atmos\.yaml:2:4: Cannot use configuration .* runs commands .*\nHint: .*: atmos auth trust\n/,
  );
  const { status, out, err, seen } = await trust(["--yes"]);
  deepEqual({ status, out, runs: seen.runs }, { status: 0, out: "", runs: [] });
  equal(
    err,
    `${FILE}
  2:4: a runs: vault read x
  3:43: auth.keyring.spec.path writes outside HOME: /var/keys

${REPO}/b.yaml
  2:5: b[0] runs:
      one
      two

Trusted 2 files, as long as they stay as they are: ${LIST}
`,
  );
  equal(disk.reader.stat(LIST)?.mode, 0o600);
  const run = [1, 2].map(() => ({ status: 0, stdout: "x", stderr: "" }));
  deepEqual((await validate({ run })).seen.runs.map(({ args }) => args[1]), ["vault read x", "one\ntwo\n"]);
});

Deno.test("trust: a person is asked, and only yes is yes", async () => {
  for (const answer of ["y", "Y", "yes", " YES "]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { ...PERSON, env: { NO_COLOR: "1" }, lines: [answer] });
    deepEqual({ status, err }, { status: 0, err: `${SHOWN}Trust 1 file? [y/N] ${TRUSTED}` });
    equal(disk.reader.stat(LIST) !== undefined, true);
  }
  for (const lines of [["n"], [""], ["yessir"], ["no"], []]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { ...PERSON, env: { NO_COLOR: "1" }, lines });
    equal(status, 130);
    const end = "Error: Cannot trust the configuration: you did not say yes\nHint: Nothing was written.\n";
    equal(err, `${SHOWN}Trust 1 file? [y/N] ${lines.length === 0 ? "\n" : ""}${end}`);
    equal(disk.reader.stat(LIST), undefined);
  }
});

Deno.test("trust: without a terminal it takes --yes; status 2 and how otherwise", async () => {
  for (const tty of [{}, { stdin: true }, { stderr: true }]) {
    const { trust, disk } = computer({ [FILE]: EXEC });
    const { status, err } = await trust([], { tty, env: { NO_COLOR: "1" }, lines: ["y"] });
    equal(status, 2);
    equal(
      err,
      `${SHOWN}Error: Cannot ask whether to trust 1 file: there is no terminal\n` +
        "Hint: Read what it wants, then: atmos auth trust --yes\nHint: In CI: set ATMOS_TRUST=1\n",
    );
    equal(disk.reader.stat(LIST), undefined);
  }
});

Deno.test("trust: where nothing needs it, that is said, with or without a configuration, terminal or not", async () => {
  for (const files of [{}, { [FILE]: "a: 1" }, { "/home/me/.atmos/atmos.yaml": EXEC }]) {
    for (const options of [{}, PERSON]) {
      const { status, out, err } = await computer(files).trust([], options);
      deepEqual({ status, out, err }, { status: 0, out: "", err: "Nothing needs trust.\n" });
    }
  }
});

Deno.test("trust: --dry-run says what would be trusted and writes nothing", async () => {
  const { trust, disk } = computer({ [FILE]: EXEC });
  const { status, err } = await trust(["--dry-run"]);
  deepEqual({ status, err }, { status: 0, err: `${SHOWN}Would trust 1 file; nothing was written.\n` });
  equal(disk.reader.stat(LIST), undefined);
});

Deno.test("trust: a file that has changed is shown as such, by every command, until it is trusted again", async () => {
  const { trust, validate, disk, listed } = computer({ [FILE]: EXEC });
  await trust(["-y"]);
  equal((await trust()).err, "Nothing needs trust.\n");
  disk.put(FILE, "a: !exec echo changed\n");
  match(
    (await validate()).err,
    /you have not trusted it as it is now: it has changed since\nHint: .*atmos auth trust\n/,
  );
  deepEqual(await listed(), [{ path: FILE, state: "changed" }]);
  equal((await trust(["--list"])).out, `${FILE}  (changed since you trusted it)\n`);
  const { err } = await trust(["-y"]);
  equal(err, `${FILE}  (it has changed since you trusted it)\n  1:4: a runs: echo changed\n\n${TRUSTED}`);
  deepEqual(await listed(), [{ path: FILE, state: "as trusted" }]);
});

Deno.test("trust: what is trusted is what was shown, though the file changes while a person thinks", async () => {
  const { disk, listed } = computer({ [FILE]: EXEC });
  const read = { ...disk.reader, cwd: () => REPO };
  const host = fakeHost({ files: { read, write: disk.writer }, env: { HOME: "/home/me" }, ...PERSON });
  const line = () => {
    disk.put(FILE, "a: !exec echo swapped\n");
    return Promise.resolve("y");
  };
  const world = { host: { ...host, terminal: { ...host.terminal, line } }, registry: REGISTRY, giveUp: () => {} };
  equal(await app(world, ["auth", "trust"]), 0);
  deepEqual(await listed(), [{ path: FILE, state: "changed" }]);
});

Deno.test("trust: --list tells what is trusted, on stdout", async () => {
  const { trust, disk, listed } = computer({ [FILE]: EXEC, "/home/me/gone.yaml": EXEC });
  const none = await trust(["--list"]);
  deepEqual([none.status, none.out, none.err], [0, "", "No file is trusted by its name.\n"]);
  deepEqual(await listed(), []);
  await trust(["-y"]);
  await trust(["-y", "/home/me/gone.yaml"]);
  disk.writer.remove("/home/me/gone.yaml");
  const { status, out, err } = await trust(["--list"]);
  deepEqual({ status, out, err }, { status: 0, out: `${FILE}\n/home/me/gone.yaml  (no longer there)\n`, err: "" });
});

Deno.test("trust: --revoke takes one file, or all of the repository or directory", async () => {
  const other = "/home/me/other/atmos.yaml";
  const { trust, validate, disk, listed } = computer({ [`${REPO}/.git/HEAD`]: "", [FILE]: EXEC, [other]: EXEC });
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
  equal((await validate()).status, 3);
  deepEqual(await listed(), [{ path: other, state: "as trusted" }]);
  await again();
  disk.directory(`${REPO}/deep/er`);
  const all = await trust(["--revoke"], { cwd: `${REPO}/deep/er` });
  deepEqual([all.status, all.err], [0, `No longer trusted: ${FILE}\n`]);
  deepEqual(await listed(), [{ path: other, state: "as trusted" }]);
  equal((await trust(["--revoke"])).err, "Nothing is trusted here.\n");
  disk.writer.remove(other);
  equal((await trust(["--revoke", other])).err, `No longer trusted: ${other}\n`);
  const unknown = await trust(["--revoke", "no.yaml"]);
  equal(unknown.status, 2);
  match(unknown.err, /^Error: Cannot revoke trust of "no.yaml": it is not trusted\nHint: .*--list\n$/);
});

Deno.test("trust: a file whose import only a command can tell is trusted by its name", async () => {
  const { trust, validate } = computer({ [FILE]: "import: [!exec find-it]\n", [`${REPO}/b.yaml`]: EXEC });
  const stuck = await trust(["-y"]);
  equal(stuck.status, 3);
  match(stuck.err, new RegExp(`\nHint: .*: atmos auth trust ${FILE}\n$`));
  equal((await trust(["-y", "atmos.yaml"])).status, 0);
  equal((await trust(["-y", "b.yaml"])).status, 0);
  const run = [{ status: 0, stdout: "b.yaml", stderr: "" }, { status: 0, stdout: "hi", stderr: "" }];
  equal((await validate({ run })).status, 0);
});

Deno.test("trust: a named file that wants nothing, and one that writes outside HOME, are shown as that", async () => {
  const { trust } = computer({
    [FILE]: "a: 1",
    [`${REPO}/w.yaml`]: "auth: {keyring: {type: file, spec: {path: /var/k}}}",
  });
  match((await trust(["--dry-run", "atmos.yaml"])).err, /\n {2}wants nothing that needs trust\n/);
  match((await trust(["--dry-run", "w.yaml"])).err, /spec\.path writes outside HOME: \/var\/k\n/);
});

Deno.test("trust: what cannot be read is one line and a documented status", async () => {
  const broken = await computer({ [FILE]: "a: [" }).trust(["-y"]);
  equal(broken.status, 3);
  match(broken.err, /^Error: \/home\/me\/repo\/atmos\.yaml:\d+:\d+: Cannot read configuration [^\n]+\n$/);
  const missing = await computer({}).trust(["no.yaml"]);
  deepEqual([missing.status, /it is not there\n/.test(missing.err)], [2, true]);
  const { trust } = computer({ [FILE]: EXEC });
  equal((await trust(["--config", "/no.yaml"])).status, 2);
  equal((await trust(["--list", "x"])).status, 2);
  equal((await trust(["--revoke", "--yes"])).status, 2);
  equal((await trust(["a", "b"])).status, 2);
  const homeless = await trust(["-y"], { env: { HOME: "" } });
  deepEqual([homeless.status, /HOME is not set/.test(homeless.err)], [3, true]);
});

Deno.test("trust: a command cannot hide behind what a terminal obeys", async () => {
  const { trust } = computer({ [FILE]: 'a: !exec "evil \\e[8m\\r harmless \\u202e"\n' });
  const { err } = await trust(["--dry-run"]);
  match(err, /a runs: evil \\x1b\[8m\\r harmless \\u202e\n/);
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

Deno.test("trust: JSON and text that a file includes are trusted like it", async () => {
  const { trust, validate, listed } = computer({
    [FILE]: "auth:\n  keyring: !include k.json\n  logs: {file: !include to.txt}\n",
    [`${REPO}/k.json`]: '{"type": "file", "spec": {"path": "/var/k"}}',
    [`${REPO}/to.txt`]: "/var/log\t: [",
  });
  match((await validate()).err, /k\.json": its auth\.keyring\.spec\.path writes outside HOME/);
  const { status, err } = await trust(["--yes"]);
  equal(status, 0, err);
  match(err, /k\.json\n {2}1:1: auth\.keyring\.spec\.path writes outside HOME: \/var\/k\n/);
  match(err, /to\.txt\n {2}1:1: auth\.logs\.file writes outside HOME: \/var\/log/);
  deepEqual((await listed()).map(({ path }: { path: string }) => path), [`${REPO}/k.json`, `${REPO}/to.txt`]);
  equal((await validate()).status, 0);
});
