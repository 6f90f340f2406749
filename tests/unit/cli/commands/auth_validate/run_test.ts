import { deepEqual, equal, match } from "node:assert/strict";
import { SSO_AND_DEV } from "../../../../support/config/auth_texts.ts";
import { memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const REPO = "/home/me/repo";
const WRONG =
  'found "NO": must be at most 64 of a-z, 0-9, - and _, with - and _ neither first nor last nor side by side';

async function validate(text: string, more: readonly string[] = [], options: MemoryAtmosOptions = {}) {
  const env = { ATMOS_TRUST: "1" };
  return await memoryAtmos(["auth", "validate", ...more], { files: { [`${REPO}/atmos.yaml`]: text }, env, ...options });
}

Deno.test("validate: a valid configuration is counted, status 0, nothing on stdout", async () => {
  const { status, out, err } = await validate(SSO_AND_DEV);
  deepEqual({ status, out }, { status: 0, out: "" });
  equal(err, "The configuration is valid: 1 provider, 1 identity, no integrations (1 file)\n");
});

Deno.test("validate: all problems at once, each with its line, errors apart from warnings, status 3", async () => {
  const text = "auth:\n  realm: NO\n  reallm: 1\n  logs: {level: Debgu}\n";
  const { status, out, err } = await validate(text);
  deepEqual({ status, out }, { status: 3, out: "" });
  equal(
    err,
    `Errors:
${REPO}/atmos.yaml:2:10: auth.realm: ${WRONG}
${REPO}/atmos.yaml:4:17: auth.logs.level: found "Debgu": must be Debug, Info, Warn or Error; did you mean "Debug"?
Warnings:
${REPO}/atmos.yaml:3:3: auth.reallm: unknown key; did you mean "realm"?
The configuration is not valid: 2 errors, 1 warning (1 file)
`,
  );
});

Deno.test("validate: without an auth section it is valid, and that is said", async () => {
  for (const text of ["stacks: {base_path: x}", "auth:\n", "auth: ~\n"]) {
    const { status, err } = await validate(text);
    deepEqual({ status, err }, { status: 0, err: "The configuration is valid; it has no auth section (1 file)\n" });
  }
});

Deno.test("validate: without any configuration: status 2 and what to do", async () => {
  for (const flags of [[], ["--output", "json"]]) {
    const { status, out, err } = await memoryAtmos(["auth", "validate", ...flags]);
    deepEqual({ status, out }, { status: 2, out: "" });
    match(
      err,
      /^Error: Cannot validate configuration "atmos.yaml": none found in .*\nHint: .*atmos auth init\nHint: .*--config FILE\n$/,
    );
  }
});

Deno.test("validate: with warnings alone it is valid", async () => {
  const { status, err } = await validate(`${SSO_AND_DEV}  reallm: x\n`);
  equal(status, 0);
  equal(
    err,
    `Warnings:\n${REPO}/atmos.yaml:6:3: auth.reallm: unknown key; did you mean "realm"?\n` +
      "The configuration is valid, with 1 warning: 1 provider, 1 identity, no integrations (1 file)\n",
  );
});

Deno.test("validate: --output json has all of it, on stdout alone", async () => {
  const { status, out, err } = await validate("auth: {realm: NO}", ["--output", "json"]);
  deepEqual({ status, err }, { status: 3, err: "" });
  const problem = { severity: "error", file: `${REPO}/atmos.yaml`, line: 1, column: 15, path: "auth.realm" };
  deepEqual(JSON.parse(out), {
    valid: false,
    files: [`${REPO}/atmos.yaml`],
    problems: [{ ...problem, message: WRONG }],
  });
  const fine = await validate(SSO_AND_DEV, ["--output", "json"]);
  deepEqual(JSON.parse(fine.out), { valid: true, files: [`${REPO}/atmos.yaml`], problems: [] });
});

Deno.test("validate: --output json of a file that cannot be read is JSON too", async () => {
  const { status, out, err } = await validate("auth: {", ["--output", "json"]);
  equal(status, 3);
  const { valid, files, problems: [problem] } = JSON.parse(out);
  deepEqual([valid, files, problem.severity, problem.file], [false, [], "error", `${REPO}/atmos.yaml`]);
  equal(err, "");
});

Deno.test("validate: --verbose tells what was read", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: "import: [b.yaml]",
    [`${REPO}/b.yaml`]: "",
    [`${REPO}/profiles/ci/c.yaml`]: "",
  };
  const { err } = await memoryAtmos(["auth", "validate", "--verbose", "--config-profile", "ci"], { files });
  match(err, /^Read \S+\/b.yaml\nRead \S+\/atmos.yaml\nRead \S+\/ci\/c.yaml\nWith the profile ci\n.*\(3 files\)\n$/);
});

Deno.test("validate: headings are coloured on a terminal only", async () => {
  equal((await validate("auth: {realm: NO}", [], { tty: { stderr: true } })).err.includes("\x1b[31mErrors:"), true);
  equal((await validate("auth: {realm: NO}", [], { tty: { stdout: true } })).err.includes("\x1b"), false);
});

Deno.test("validate: all broken imports and what is wrong in the file itself, at once, in text and JSON", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: "import: [a.yaml, b.yaml]\nauth: {realm: NO}\n",
    [`${REPO}/a.yaml`]: "a: [",
    [`${REPO}/b.yaml`]: "b: {",
  };
  const env = { ATMOS_TRUST: "1" };
  const text = await memoryAtmos(["auth", "validate"], { files, env });
  equal(text.status, 3);
  const lines = text.err.split("\n");
  equal(lines.filter((line) => line.includes(": Cannot read configuration ")).length, 2);
  equal(lines.at(-2), "The configuration is not valid: 3 errors (1 file)");
  const json = JSON.parse((await memoryAtmos(["auth", "validate", "--output", "json"], { files, env })).out);
  deepEqual(json.problems.map(({ file, path }: { file: string; path: string }) => [file, path]), [
    [`${REPO}/a.yaml`, ""],
    [`${REPO}/b.yaml`, ""],
    [`${REPO}/atmos.yaml`, "auth.realm"],
  ]);
  const list = await memoryAtmos(["auth", "list"], { files });
  deepEqual([list.status, list.err.split("\n").length], [3, 2]);
});

Deno.test("validate: a mistyped section is warned about, one in other case is read", async () => {
  const { status, err } = await validate("auht: {}\nAuth: {realm: NO}\n");
  equal(status, 3);
  match(err, /atmos\.yaml:1:1: auht: unknown key; did you mean "auth"\?/);
  match(err, /atmos\.yaml:2:15: auth\.realm: found "NO"/);
});

Deno.test("validate: what another file, the environment or an address holds is not told", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: `auth:
  realm: !include note.txt
  keyring: {type: !env SECRET}
  providers:
    a: {kind: !include "s.yaml .password", region: us-east-1}
    b: {kind: aws/saml, region: us-east-1, url: "http://x.y/?token=HIDE4"}
  identities:
    c: {kind: aws/ambient, default: !include "s.yaml .password"}
    d: {kind: aws/assume-role, via: {provider: !env SECRET}, principal: {assume_role: "x"}}
`,
    [`${REPO}/note.txt`]: "do not tell HIDE1",
    [`${REPO}/s.yaml`]: "password: 'p@ss HIDE2'",
  };
  const { status, err } = await memoryAtmos(["auth", "validate"], { files, env: { SECRET: "s3cret! HIDE3" } });
  equal(status, 3);
  equal(/HIDE/.test(err), false, err);
  const calls = [...err.matchAll(/(\w+): found the value of (!.+?): /g)].map(([, key, call]) => `${key}: ${call}`);
  deepEqual(calls, [
    "realm: !include note.txt",
    "type: !env SECRET",
    "provider: !env SECRET",
    "kind: !include s.yaml .password",
    "default: !include s.yaml .password",
  ]);
});

Deno.test("validate: what needs trust is a warning with its place; a command that was not run is no error", async () => {
  const text = "auth: {realm: !exec 'echo x', keyring: {type: file, spec: {path: /keys}}}\n";
  const { status, err } = await validate(text, [], { env: {} });
  equal(status, 0);
  match(err, /atmos\.yaml:1:15: auth\.realm: !exec does not run until you trust it: atmos auth trust\n/);
  match(err, /auth\.keyring\.spec\.path: it sets where keys are written: needs your trust: atmos auth trust\n/);
});
