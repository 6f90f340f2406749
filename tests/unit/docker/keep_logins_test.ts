import { deepEqual, equal, match, ok } from "node:assert/strict";
import { keepLogins } from "../../../src/docker/keep_logins.ts";
import { AppError } from "../../../src/errors.ts";
import { Secret } from "../../../src/secret.ts";
import { auth, dockerHost, HOST, OK, PATH } from "./docker_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const PASSWORD = "canary-password-of-ecr";
const logins = (...registries: readonly string[]) =>
  registries.map((registry) => ({
    registry,
    password: new Secret(PASSWORD),
    identity: "dev",
    configLocation: "/home/me/repo",
  }));

Deno.test("without a file: a new one, private, as docker would have written it", async () => {
  const { files, host } = dockerHost();
  const kept = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
  deepEqual(kept, [{ registry: HOST, action: "added", helper: undefined }]);
  const wanted = { auths: { [HOST]: { auth: auth(`AWS:${PASSWORD}`) } } };
  equal(files.text(PATH), `${JSON.stringify(wanted, null, "\t")}\n`);
  deepEqual([host.read.stat(PATH)!.mode, host.read.stat("/home/me/.docker")!.mode], [0o600, 0o700]);
});

Deno.test("an older login is replaced with all that says whose it was; the rest of its entry stays", async () => {
  const { files, host } = dockerHost({
    text: `{"auths": {"${HOST}": {"identitytoken": "t", "email": "a@b", "auth": "${auth("AWS:old")}"}}}`,
  });
  const kept = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
  deepEqual(kept.map((one) => (one as { action: string }).action), ["updated"]);
  equal(files.text(PATH), `{"auths": {"${HOST}": {"email": "a@b", "auth": "${auth(`AWS:${PASSWORD}`)}"}}}`);
});

Deno.test("helpers get it on stdin, never as an argument; one that fails leaves the others alone", async () => {
  const bad = { status: 1, stdout: "no\nkeychain", stderr: "" };
  const text = '{"credsStore": "bad", "credHelpers": {"a": "good", "b": "ecr-login", "c": ""}}';
  const { files, host } = dockerHost({ text, run: [bad, OK] });
  const [failed, ...kept] = await keepLogins(host, { path: PATH, logins: logins(HOST, "a", "b", "c"), isNamed: true });
  ok(failed instanceof AppError);
  equal(failed.code, "integration-failed");
  match(failed.message, /^Cannot store the login for "123456789012[^"]*": docker-credential-bad failed: no keychain$/);
  match(renderRemedy({}, failed), /^Try it yourself: docker-credential-bad list; or take credsStore "bad" out of /);
  deepEqual(kept, [
    { registry: "a", action: "added", helper: "good" },
    { registry: "b", action: "unchanged", helper: "ecr-login" },
    { registry: "c", action: "added", helper: undefined },
  ]);
  deepEqual(JSON.parse(files.text(PATH)!).auths, { a: {}, c: { auth: auth(`AWS:${PASSWORD}`) } });
  deepEqual(host.seen.runs.map(({ command, args }) => [command, ...args]), [
    ["docker-credential-bad", "store"],
    ["docker-credential-good", "store"],
  ]);
  equal(host.seen.runs[1]!.stdin, `{"ServerURL":"a","Username":"AWS","Secret":"${PASSWORD}"}`);
  ok(host.seen.runs.every(({ timeoutMs, maxBytes }) => timeoutMs! > 0 && maxBytes! > 0));
});

const HOW: readonly (readonly [result: Parameters<typeof dockerHost>[0], found: RegExp])[] = [
  [{ run: [{ status: 127, stdout: "", stderr: "x: command not found" }] }, /is not on PATH$/],
  [{ run: [{ status: 137, stdout: "", stderr: "", stopped: "timeout" }] }, /did not answer within 60 s$/],
  [{ run: [{ status: 137, stdout: "", stderr: "", stopped: "output" }] }, /printed more than a credential helper may$/],
  [
    { run: [{ status: 0, stdout: "y\n", stderr: "", stopped: "output" }] },
    /printed more than a credential helper may$/,
  ],
  [{ run: [{ status: 3, stdout: `you said ${PASSWORD}`, stderr: "" }] }, /failed with exit status 3$/],
];
for (const [world, found] of HOW) {
  Deno.test(`a helper in trouble: ${found.source}`, async () => {
    const text = '{"credsStore": "x"}';
    const { files, host } = dockerHost({ text, ...world });
    const [error] = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
    match((error as AppError).message, found);
    equal(JSON.stringify(error).includes(PASSWORD) || (error as AppError).message.includes(PASSWORD), false);
    equal(files.text(PATH), text);
  });
}

Deno.test("a store that turns up meanwhile gets the password, which is then in no file", async () => {
  const { files, host } = dockerHost({ text: "{}", run: [OK] });
  let reads = 0;
  const read = {
    ...host.read,
    bytes: (path: string) => {
      const bytes = host.read.bytes(path);
      if (path === PATH && ++reads === 1) files.put(PATH, '{"credsStore": "late"}');
      return bytes;
    },
  };
  const kept = await keepLogins({ ...host, read }, { path: PATH, logins: logins(HOST), isNamed: true });
  deepEqual(kept, [{ registry: HOST, action: "added", helper: "late" }]);
  equal(files.text(PATH), `{"credsStore": "late", "auths": {"${HOST}": {}}}`);
});

Deno.test("a helper that gave no answer is not asked again; the others are", async () => {
  const none = { status: 137, stdout: "", stderr: "", stopped: "timeout" } as const;
  const { files, host } = dockerHost({ text: '{"credsStore": "x", "credHelpers": {"c": "y"}}', run: [none, OK] });
  const [first, second, third] = await keepLogins(host, { path: PATH, logins: logins("a", "b", "c"), isNamed: true });
  match((first as AppError).message, /"a": docker-credential-x did not answer within 60 s$/);
  match((second as AppError).message, /"b": docker-credential-x did not answer within 60 s$/);
  deepEqual(third, { registry: "c", action: "added", helper: "y" });
  deepEqual(host.seen.runs.map(({ command }) => command), ["docker-credential-x", "docker-credential-y"]);
  deepEqual(JSON.parse(files.text(PATH)!).auths, { c: {} });
});

Deno.test("a password is its owner's alone", async () => {
  for (const [before, after] of [[0o644, 0o600], [0o600, 0o600], [0o700, 0o700]] as const) {
    const { files, host } = dockerHost({ text: "{}" });
    files.put(PATH, "{}", { mode: before });
    await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
    equal(host.read.stat(PATH)!.mode, after);
  }
});

Deno.test("a file that its owner has made read-only is refused, with the command that opens it", async () => {
  for (const mode of [0o400, 0o444]) {
    const { files, host } = dockerHost({ text: "{}" });
    files.put(PATH, "{}", { mode });
    const [error] = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
    ok(error instanceof AppError);
    deepEqual([error.code, renderRemedy({}, error)], ["docker-config", `To change it anyway: chmod u+w ${PATH}`]);
    match(error.message, /: it is read-only \(mode 04(00|44)\)$/);
    deepEqual([files.text(PATH), host.read.stat(PATH)!.mode], ["{}", mode]);
  }
});

const HAS = {
  status: 0,
  stdout: JSON.stringify({ ServerURL: HOST, Username: "AWS", Secret: "the user's own" }),
  stderr: "",
};
const HAS_NONE = { status: 1, stdout: "credentials not found in native keychain", stderr: "" };

for (const isNamed of [true, false]) {
  Deno.test(`a login that only the keychain has, and not from here, ${isNamed ? "is replaced" : "stays"} where ${isNamed ? "a" : "no"} command names its registry`, async () => {
    const { files, host } = dockerHost({ text: '{"credsStore": "mine"}', run: isNamed ? [OK] : [HAS] });
    const [kept] = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed });
    const verbs = host.seen.runs.map(({ args }) => args[0]);
    deepEqual(verbs, isNamed ? ["store"] : ["get"]);
    if (isNamed) return;
    deepEqual((kept as { holder: unknown }).holder, { kind: "user" });
    equal(files.text(PATH), '{"credsStore": "mine"}');
  });
}

for (const key of [`https://${HOST}`, `http://${HOST}`, `${HOST}/`, `https://${HOST}/v2/`]) {
  Deno.test(`a login that docker finds by an address stays where no command names its registry: ${key}`, async () => {
    const text = JSON.stringify({
      auths: { [key]: { auth: btoa("AWS:own") }, [`x.${HOST}`]: { auth: btoa("AWS:x") } },
    });
    const { files, host } = dockerHost({ text });
    const [kept] = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: false });
    deepEqual((kept as { holder: unknown }).holder, { kind: "user" });
    equal(files.text(PATH), text);
    await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: true });
    equal(JSON.parse(files.text(PATH)!).auths[key].auth, btoa("AWS:own"));
    ok(HOST in JSON.parse(files.text(PATH)!).auths);
  });
}

Deno.test("a keychain that has no login for a registry gets one", async () => {
  const { host } = dockerHost({ text: '{"credsStore": "mine"}', run: [HAS_NONE, OK] });
  const [kept] = await keepLogins(host, { path: PATH, logins: logins(HOST), isNamed: false });
  deepEqual([kept, host.seen.runs.map(({ args }) => args[0])], [
    { registry: HOST, action: "added", helper: "mine" },
    ["get", "store"],
  ]);
});
