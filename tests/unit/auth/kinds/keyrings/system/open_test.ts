import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Host, RunResult } from "../../../../../../src/host/host.ts";
import { WINDOWS_SCRIPT } from "../../../../../../src/auth/keyring/windows_credentials.ts";
import { Secret } from "../../../../../../src/secret.ts";
import { keyringPlace } from "../keyring_place.ts";
import { refusal } from "../../../../../support/terminal/refusal.ts";

const VALUE = `{"type":"aws","data":{"secret_access_key":"wJalr/EXAMPLE"}}`;
const KEYS = new Secret(VALUE);

type Os = Host["sys"]["os"];

function answer(status: number, { stdout = "", stderr = "" } = {}): RunResult {
  return { status, stdout, stderr };
}

function place(os: Os, ...run: readonly RunResult[]) {
  return keyringPlace({ type: "system" }, { os, run });
}

const TOO_LATE: RunResult = { ...answer(137), stopped: "timeout" };
const REFUSED: RunResult = { ...answer(126), stopped: "refused" };
const INSTEAD = /set auth\.keyring\.type in atmos\.yaml to file, or ATMOS_KEYRING_TYPE=file$/;

/** How each system's program answers that it gives the entry, and that there is none. */
const SYSTEMS = [
  { os: "linux", given: VALUE, none: answer(1), command: "secret-tool" },
  {
    os: "darwin",
    given: `go-keyring-encoded:${new TextEncoder().encode(VALUE).toHex()}\n`,
    none: answer(44, { stderr: "security: SecKeychainSearchCopyNext: The specified item could not be found.\n" }),
    command: "/usr/bin/security",
  },
  { os: "windows", given: `${btoa(VALUE)}\r\n`, none: answer(44), command: "powershell.exe" },
] as const;

for (const { os, given, none, command } of SYSTEMS) {
  Deno.test(`system keyring: ${os}: kept, found, none, removed; the secret in no argument`, async () => {
    const there = answer(0, { stdout: given });
    // secret-tool is asked before it clears: it does not say whether there was something.
    const removal = os === "linux" ? [there, answer(0), none] : [answer(0), none];
    const { host, open } = place(os, answer(0), there, there, none, ...removal, none);
    const keyring = await open();
    await keyring.set("Glass", KEYS);
    equal((await keyring.get("glass"))?.reveal(), VALUE);
    equal(await keyring.get("glass"), undefined);
    equal(await keyring.remove("glass"), true);
    equal(await keyring.remove("glass"), false);
    ok(host.seen.runs.every((run) => run.command === command));
    const [written, ...others] = host.seen.runs;
    const hidden = [VALUE, btoa(VALUE), new TextEncoder().encode(VALUE).toHex(), "wJalr"];
    for (const text of hidden) ok(!JSON.stringify(host.seen.runs.map(({ args }) => args)).includes(text), text);
    ok(hidden.some((text) => written!.stdin!.includes(text)));
    for (const { stdin = "" } of others) ok(!hidden.some((text) => stdin.includes(text)));
  });

  Deno.test(`system keyring: ${os}: a program that is not there, fails, or waits for somebody`, async () => {
    await rejects((await place(os, answer(127)).open()).get("glass"), {
      code: "config-invalid",
      message: new RegExp(`^Cannot use .* \\(.*\\): ${command} is not installed$`),
      hint: INSTEAD,
    });
    const failing = answer(1, { stderr: "Cannot autolaunch D-Bus\nmore" });
    await rejects((await place(os, failing).open()).get("glass"), {
      code: "config-invalid",
      message: /: Cannot autolaunch D-Bus$/,
      hint: INSTEAD,
    });
    await rejects((await place(os, failing).open()).set("glass", KEYS), { message: /: Cannot autolaunch D-Bus$/ });
    await rejects((await place(os, failing).open()).remove("glass"), { message: /: Cannot autolaunch D-Bus$/ });
    const { open, host } = place(os, TOO_LATE);
    const ms = os === "windows" ? 10_000 : 2_000;
    await rejects(
      (await open()).get("glass"),
      refusal({
        code: "login-needed",
        message: new RegExp(`: no answer within ${ms / 1000} s, it may be locked$`),
        hint: INSTEAD,
      }),
    );
    equal(host.seen.runs[0]!.timeoutMs, ms);
    await rejects(
      (await place(os, REFUSED).open()).get("glass"),
      refusal({
        code: "login-needed",
        message: /^Cannot use .* \(.*\): its program was not run$/,
        hint: "A dry run starts no programs. Log in first: atmos auth login",
      }),
    );
  });

  Deno.test(`system keyring: ${os}: what is still there was not removed`, async () => {
    const there = answer(0, { stdout: given });
    const { open } = place(os, ...os === "linux" ? [there] : [], answer(0), there);
    await rejects((await open()).remove("glass"), { code: "config-invalid", message: /: the value is still there$/ });
  });

  Deno.test(`system keyring: ${os}: a keychain is absent where its program is, or says so, and nowhere else`, async () => {
    const factsOf = async (result: RunResult) => {
      const error = await (await place(os, result).open()).get("glass").then(() => undefined, (error) => error);
      return error.facts;
    };
    const says = { stderr: "no such service" };
    deepEqual(await factsOf(answer(127)), { keychain: "absent" });
    deepEqual(await factsOf(answer(1, says)), { keychain: "absent" });
    for (const status of [36, 126, 137, 143]) deepEqual(await factsOf(answer(status, says)), {}, `${status}`);
  });

  Deno.test(`system keyring: ${os}: what does not come back was not kept`, async () => {
    const lost = place(os, answer(0), none);
    await rejects((await lost.open()).set("glass", KEYS), {
      message: /a value read back differs from the one written$/,
    });
    equal(lost.host.seen.runs[0]!.timeoutMs, 60_000);
  });
}

Deno.test("system keyring: linux: the attributes of the Go atmos", async () => {
  const { host, open } = place("linux", answer(0), answer(0, { stdout: VALUE }));
  await (await open()).set("My Glass", KEYS);
  const attributes = ["service", "atmos_lab_my glass", "username", "atmos-auth"];
  deepEqual(host.seen.runs.map(({ args, stdin }) => ({ args, stdin })), [
    { args: ["store", "--label=atmos_lab_my glass", ...attributes], stdin: VALUE },
    { args: ["lookup", ...attributes], stdin: undefined },
  ]);
});

Deno.test("system keyring: darwin: one line of stdin, whatever is in the name; control characters are refused", async () => {
  const there = answer(0, { stdout: `go-keyring-base64:${btoa(VALUE)}\n` });
  const { host, open } = place("darwin", answer(0), there);
  await (await open()).set(`a"b\\c's d`, KEYS);
  const hex = new TextEncoder().encode(VALUE).toHex();
  const start = String.raw`add-generic-password -U -s "atmos_lab_a\"b\\c's d" -a atmos-auth -w "go-keyring-encoded:`;
  deepEqual(host.seen.runs[0]!.stdin, `${start}${hex}"\n`);
  deepEqual(host.seen.runs[0]!.args, ["-i"]);
  const bad = { code: "config-invalid", hint: "Rename the identity in atmos.yaml" };
  await rejects((await place("darwin").open()).set("a\nb", KEYS), bad);
  await rejects((await place("darwin").open()).set("a".repeat(5000), KEYS), bad);
});

Deno.test("system keyring: darwin: what security says never shows the secret; plain and broken entries", async () => {
  const said = answer(1, { stderr: `security: unknown command "-w go-keyring-encoded:abcdef0123"\n` });
  await rejects((await place("darwin", said).open()).set("glass", KEYS), { message: /"-w …"$/ });
  const plain = place("darwin", answer(0, { stdout: "plain\n" }));
  equal((await (await plain.open()).get("glass"))?.reveal(), "plain");
  const broken = place("darwin", answer(0, { stdout: "go-keyring-encoded:zz\n" }));
  await rejects((await broken.open()).get("glass"), {
    code: "config-invalid",
    message: /a value read back differs from the one written$/,
  });
});

Deno.test("system keyring: windows: the script is an argument, what it works with is not", async () => {
  const { host, open } = place("windows", answer(44));
  await (await open()).get("glass");
  const { args, stdin } = host.seen.runs[0]!;
  const script = new TextDecoder("utf-16le").decode(Uint8Array.fromBase64(args.at(-1)!));
  equal(script, WINDOWS_SCRIPT);
  deepEqual(stdin, `get\r\n${btoa("atmos_lab_glass:atmos-auth")}\r\n\r\n`);
  match(script, /^[\n\x20-\x7e]*$/);
});

Deno.test("system keyring: another operating system has none", async () => {
  await rejects(place("other").open(), { code: "config-invalid", hint: INSTEAD });
});

Deno.test("memory keyring: kept as long as it is open", async () => {
  const memory = keyringPlace({ type: "memory" });
  const keyring = await memory.open();
  await keyring.set("Glass", KEYS);
  equal((await keyring.get("glass"))?.reveal(), VALUE);
  equal(await (await memory.open()).get("glass"), undefined);
  deepEqual([await keyring.remove("glass"), await keyring.remove("glass")], [true, false]);
});
