import { deepEqual, equal, rejects } from "node:assert/strict";
import { forgetLogins } from "../../../src/docker/forget_logins.ts";
import { AppError } from "../../../src/errors.ts";
import { auth, dockerHost, HOST, OK, PATH } from "./docker_host.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

Deno.test("logout: only a login of ECR goes, and only where it is", async () => {
  const forget = async (text: string, run = [OK]) => {
    const { files, host } = dockerHost({ text, run });
    const [found] = await forgetLogins(host, { path: PATH, registries: [HOST], dryRun: false, isNamed: true });
    return [found, files.text(PATH), host.seen.runs.map(({ args }) => args[0]).join(" ")];
  };
  const entry = (text: string) => `{"auths": {"${HOST}": ${text}}, "n": 1}`;
  deepEqual(await forget(entry(`{"auth": "${auth("AWS:x")}"}`)), [true, '{"auths": {}, "n": 1}', ""]);
  deepEqual(await forget(entry(`{"auth": "${auth("me:x")}"}`)), [false, entry(`{"auth": "${auth("me:x")}"}`), ""]);
  deepEqual(await forget('{"n": 1}'), [false, '{"n": 1}', ""]);
  const stored = (user: string) => [{ ...OK, stdout: `{"Username":"${user}","Secret":"s"}` }, OK];
  const inHelper = `{"credsStore": "x", "auths": {"${HOST}": {}}}`;
  deepEqual(await forget(inHelper, stored("AWS")), [true, '{"credsStore": "x", "auths": {}}', "get erase"]);
  const unknown = { status: 1, stdout: "credentials not found in native keychain\n", stderr: "" };
  deepEqual(await forget(inHelper, [unknown]), [true, '{"credsStore": "x", "auths": {}}', "get"]);
});

Deno.test("logout: another user's login in a helper stays, with its entry", async () => {
  const text = `{"credsStore": "x", "auths": {"${HOST}": {}}}`;
  const { files, host } = dockerHost({ text, run: [{ ...OK, stdout: '{"Username":"me"}' }] });
  deepEqual(await forgetLogins(host, { path: PATH, registries: [HOST], dryRun: false, isNamed: true }), [false]);
  equal(files.text(PATH), text);
});

Deno.test("logout, dry: no program is started, and what a helper is said to have counts", async () => {
  const { host } = dockerHost({ text: `{"credsStore": "x", "auths": {"${HOST}": {}}}` });
  const forgotten = await forgetLogins(host, {
    path: PATH,
    registries: [HOST, "public.ecr.aws"],
    dryRun: true,
    isNamed: true,
  });
  deepEqual([forgotten, host.seen.runs], [[true, false], []]);
});

Deno.test("logout of a file that its owner has made read-only: refused, in a dry run, too, unless no login is in it", async () => {
  for (const dryRun of [false, true]) {
    const { files, host } = dockerHost();
    files.put(PATH, `{"auths": {"${HOST}": {"auth": "${auth("AWS:x")}"}}}`, { mode: 0o400 });
    const forget = (registry: string) =>
      forgetLogins(host, { path: PATH, registries: [registry], dryRun, isNamed: true });
    await rejects(
      forget(HOST),
      (error: AppError) =>
        error.code === "docker-config" && renderRemedy({}, error) === `To change it anyway: chmod u+w ${PATH}`,
    );
    deepEqual(await forget("public.ecr.aws"), [false]);
  }
});

Deno.test("logout of several registries: one write, and a helper that fails keeps no other back", async () => {
  const others = ["a.example", "b.example", "c.example"];
  const entries = [HOST, ...others].map((one) => `"${one}": {"auth": "${auth("AWS:x")}"}`).join(", ");
  const text = `{"auths": {${entries}, "d.example": {}}, "credHelpers": {"d.example": "bad"}}`;
  const { files, host } = dockerHost({ text, run: [{ status: 1, stdout: "no keychain", stderr: "" }] });
  let renames = 0;
  const write = { ...host.write, rename: (from: string, to: string) => (renames++, host.write.rename(from, to)) };
  const registries = [HOST, "d.example", ...others, "e.example"];
  const forgotten = await forgetLogins({ ...host, write }, { path: PATH, registries, dryRun: false, isNamed: true });
  const [first, failed, ...rest] = forgotten;
  deepEqual([first, rest], [true, [true, true, true, false]]);
  equal(failed instanceof AppError && failed.code, "integration-failed");
  equal(files.text(PATH), '{"auths": {"d.example": {}}, "credHelpers": {"d.example": "bad"}}');
  equal(renames, 1);
});

Deno.test("logout: a helper whose answer is none is not believed, and everything stays", async () => {
  const text = `{"credsStore": "x", "auths": {"${HOST}": {}}}`;
  const answers = [
    { ...OK, stdout: "rubbish" },
    { ...OK, stdout: "[" },
    { ...OK, stdout: "7" },
    { ...OK, stdout: '{"Username":1}' },
    { ...OK, stdout: "y\ny\n", stopped: "output" },
    { ...OK, stopped: "timeout" },
  ] as const;
  for (const answer of answers) {
    const { files, host } = dockerHost({ text, run: [answer] });
    const [failed] = await forgetLogins(host, { path: PATH, registries: [HOST], dryRun: false, isNamed: true });
    equal(failed instanceof AppError && failed.code, "integration-failed", answer.stdout);
    deepEqual([files.text(PATH), (failed as AppError).message.includes("rubbish")], [text, false]);
  }
  for (const stdout of ["", "\n", "{}", '{"Username":"","Secret":""}']) {
    const { files, host } = dockerHost({ text, run: [{ ...OK, stdout }] });
    deepEqual(await forgetLogins(host, { path: PATH, registries: [HOST], dryRun: false, isNamed: true }), [true]);
    equal(files.text(PATH), '{"credsStore": "x", "auths": {}}');
  }
});
