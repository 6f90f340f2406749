import { TRUST } from "../../../src/remedy.ts";
import assert from "node:assert/strict";
import { type ConfigInput, findDirectoryNamed, loadConfig } from "../../../src/config/load_config.ts";
import { trustCommand } from "../../../src/config/trust/trust_command.ts";
import { TrustGate, type UntrustedPower } from "../../../src/config/trust/trust_gate.ts";
import type { Located } from "../../../src/config/values/located.ts";
import { valueAt } from "../../../src/config/values/look_up.ts";
import { AppError } from "../../../src/errors.ts";
import { FileError } from "../../../src/host/files/file_error.ts";
import { configWorld, type ConfigWorldOptions, NOTHING_NAMED, plain } from "../../support/config/config_files.ts";
import { renderParts, renderRemedy } from "../../../src/cli/output/remedy.ts";
import { refusal } from "../../support/terminal/refusal.ts";

const REPO = "/home/me/repo";

async function load(options: ConfigWorldOptions, input: Partial<ConfigInput> = {}) {
  const { host } = configWorld(options);
  const config = await loadConfig(host, { ...NOTHING_NAMED, ...input });
  return { ...config, data: plain(config.root) as Record<string, unknown>, host };
}

async function failure(options: ConfigWorldOptions, input: Partial<ConfigInput> = {}): Promise<AppError> {
  const error = await load(options, input).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof AppError, `an AppError, not ${String(error)}`);
  return error;
}

Deno.test("without any configuration there is an empty one, at the current directory", async () => {
  const config = await load({});
  assert.deepEqual(
    [config.data, config.files, config.problems, config.directory, config.basePath],
    [{}, [], [], REPO, REPO],
  );
});

Deno.test("the system's, the person's and the directory's file join, the nearest one wins", async () => {
  const files = {
    "/usr/local/etc/atmos/atmos.yaml": "who: system\nsystem: 1\nlist: [1, 2]\nmap: {a: 1, b: 1}\n",
    "/home/me/.atmos/atmos.yaml": "who: person\nperson: 1\nmap: {b: 2}\n",
    [`${REPO}/atmos.yaml`]: "who: repo\nlist: [3]\nmap: {c: ~, a: null}\n",
  };
  const config = await load({ files });
  assert.deepEqual(config.data, {
    who: "repo",
    system: 1,
    list: [3],
    map: { a: null, b: 2, c: null },
    person: 1,
  });
  assert.deepEqual(config.files, Object.keys(files));
});

Deno.test("parents and the repository count only where the current directory has nothing of its own", async () => {
  const files = {
    [`${REPO}/.git/HEAD`]: "x",
    [`${REPO}/atmos.yaml`]: "who: repository\n",
    [`${REPO}/a/.atmos.yml`]: "who: parent\nparent: 1\n",
  };
  const below = await load({ files, cwd: `${REPO}/a/b/c` });
  assert.deepEqual(below.files, [`${REPO}/a/.atmos.yml`, `${REPO}/atmos.yaml`]);
  assert.deepEqual(below.data, { who: "repository", parent: 1 });
  const off = await load({ files, cwd: `${REPO}/a/b/c`, env: { ATMOS_GIT_ROOT_BASEPATH: "false" } });
  assert.deepEqual(off.files, [`${REPO}/a/.atmos.yml`]);
  const own = await load({ files: { ...files, [`${REPO}/a/b/atmos.d/x.yaml`]: "who: own\n" }, cwd: `${REPO}/a/b` });
  assert.deepEqual(own.files, [`${REPO}/a/b/atmos.d/x.yaml`]);
});

Deno.test("atmos.yaml goes before .atmos.yaml, .yaml before .yml", async () => {
  const files = { [`${REPO}/.atmos.yaml`]: "a: 2", [`${REPO}/atmos.yml`]: "a: 3", [`${REPO}/.atmos.yml`]: "a: 4" };
  assert.deepEqual((await load({ files })).data, { a: 2 });
  assert.deepEqual((await load({ files: { ...files, [`${REPO}/atmos.yaml`]: "a: 1" } })).data, { a: 1 });
});

Deno.test("$ATMOS_CLI_CONFIG_PATH goes over the current directory, and turns the search of parents off", async () => {
  const files = {
    "/home/me/atmos.yaml": "parent: 1",
    "/etc/conf/atmos.yaml": "a: 1",
    [`${REPO}/atmos.yaml`]: "a: 0\nb: 1",
  };
  const env = { ATMOS_CLI_CONFIG_PATH: "/etc/conf" };
  assert.deepEqual((await load({ files, env })).data, { a: 1, b: 1 });
  assert.deepEqual((await load({ files, env, cwd: "/home/me/elsewhere" })).data, { a: 1 });
  const error = await failure({ files, env: { ATMOS_CLI_CONFIG_PATH: "../none" } });
  assert.deepEqual([error.code, error.exitStatus], ["config-not-found", 2]);
});

Deno.test("named files and directories replace everything that would be found", async () => {
  const files = {
    "/home/me/.atmos/atmos.yaml": "person: 1",
    [`${REPO}/atmos.yaml`]: "repo: 1",
    "/c/one.yaml": "a: 1\nb: 1",
    "/c/two.yaml": "a: 2\nc: 2",
    "/d/.atmos.yaml": "c: 3",
  };
  const named = { configFiles: ["/c/one.yaml", "../../../c/two.yaml"], configDirectories: ["/d"] };
  assert.deepEqual((await load({ files }, named)).data, { a: 2, b: 1, c: 3 });
  for (const input of [{ configFiles: ["no.yaml"] }, { configDirectories: ["/c"] }]) {
    const error = await failure({ files }, input);
    assert.deepEqual([error.code, error.exitStatus], ["config-not-found", 2]);
  }
});

Deno.test("many files: atmos.d of repository and directory, nested imports, globs, profiles, variables", async () => {
  const files = {
    [`${REPO}/.git`]: "gitdir: elsewhere",
    [`${REPO}/.atmos.d/auth/a.yaml`]: "auth: {realm: root-d, providers: {sso: {kind: aws/iam-identity-center}}}",
    [`${REPO}/sub/atmos.d/b.yaml`]: "auth: {realm: sub-d}\norder: atmos.d",
    [`${REPO}/sub/.atmos.d/z.yml`]: "order: .atmos.d\nlist: [d]",
    [`${REPO}/sub/.atmos.d/ignored.txt`]: "order: [",
    [`${REPO}/sub/atmos.yaml`]:
      "import:\n  - conf/*.yaml\n  - ../shared\nauth:\n  identities:\n    Dev/Admin.1: {via: {provider: sso}}\n",
    [`${REPO}/sub/conf/one.yaml`]: "import: deep/two\none: 1\nlist: [one]",
    [`${REPO}/sub/conf/deep/two.yaml`]: "two: 2\none: 0\nlist: [two]",
    [`${REPO}/shared/x/y.yaml`]:
      "shared: y\nauth: {identities: {Dev/Admin.1: {kind: aws/permission-set, via: {provider: other}}}}",
    [`${REPO}/sub/profiles/ci/p.yaml`]: "auth: {identities: {Dev/Admin.1: {default: true}}}\nprofile: ci\nlist: [ci]",
    [`${REPO}/sub/.atmos/profiles/dev/p.yaml`]: "profile: dev",
  };
  const config = await load(
    { files, cwd: `${REPO}/sub`, env: { ATMOS_AUTH_REALM: "from-env", ATMOS_STACKS_INCLUDED_PATHS: "a/**, b" } },
    { profiles: ["dev", "ci"] },
  );
  assert.deepEqual(config.data, {
    auth: {
      realm: "from-env",
      providers: { sso: { kind: "aws/iam-identity-center" } },
      identities: { "Dev/Admin.1": { kind: "aws/permission-set", via: { provider: "sso" }, default: true } },
    },
    order: ".atmos.d",
    list: ["ci"],
    two: 2,
    one: 1,
    shared: "y",
    profile: "ci",
    stacks: { included_paths: ["a/**", "b"] },
  });
  assert.deepEqual(config.files, [
    `${REPO}/.atmos.d/auth/a.yaml`,
    `${REPO}/sub/atmos.d/b.yaml`,
    `${REPO}/sub/.atmos.d/z.yml`,
    `${REPO}/sub/conf/deep/two.yaml`,
    `${REPO}/sub/conf/one.yaml`,
    `${REPO}/shared/x/y.yaml`,
    `${REPO}/sub/atmos.yaml`,
    `${REPO}/sub/.atmos/profiles/dev/p.yaml`,
    `${REPO}/sub/profiles/ci/p.yaml`,
  ]);
  assert.deepEqual(config.profiles, ["dev", "ci"]);
  const via = valueAt(config.root, ["AUTH", "identities", "dev/admin.1", "via", "provider"]);
  assert.deepEqual(via?.place, { file: `${REPO}/sub/atmos.yaml`, line: 6, column: 35 });
  const realm = valueAt(config.root, ["auth", "realm"]);
  assert.equal(realm?.place.file, "environment variable ATMOS_AUTH_REALM");
});

Deno.test("a profile comes from the flag, else ATMOS_PROFILE, else the configuration", async () => {
  const profile = (name: string) => ({ [`${REPO}/p/${name}/x.yaml`]: `who: ${name}` });
  const files = {
    [`${REPO}/atmos.yaml`]: "profiles: {base_path: ./p, default: usual}\n",
    ...profile("usual"),
    ...profile("var"),
    ...profile("flag"),
  };
  const env = { ATMOS_PROFILE: "var" };
  assert.equal((await load({ files })).data["who"], "usual");
  assert.equal((await load({ files, env })).data["who"], "var");
  assert.equal((await load({ files, env }, { profiles: ["flag"] })).data["who"], "flag");
  const promoted = { ...files, [`${REPO}/.atmos.d/e.yaml`]: "env: {ATMOS_PROFILE: flag, ATMOS_AUTH_REALM: own}" };
  const { data } = await load({ files: promoted });
  assert.deepEqual([data["who"], data["auth"]], ["flag", { realm: "own" }]);
});

Deno.test("a profile that is nowhere ends with status 2 and what was meant", async () => {
  const files = { [`${REPO}/atmos.yaml`]: "a: 1", [`${REPO}/profiles/github/x.yaml`]: "b: 1" };
  const error = await failure({ files }, { profiles: ["githib"] });
  assert.deepEqual([error.exitStatus, renderRemedy({}, error)], [2, "Did you mean github?"]);
  assert.equal((await failure({ files }, { profiles: ["../profiles/github"] })).exitStatus, 2);
});

Deno.test("names that differ only in case are a problem that names both places, except variables", async () => {
  const files = {
    [`${REPO}/.atmos.d/a.yaml`]: "auth:\n  identities:\n    Dev: {kind: x}\nenv: {http_proxy: a, HTTP_PROXY: b}\n",
    [`${REPO}/atmos.yaml`]: "auth:\n  identities:\n    dev: {kind: y}\n",
  };
  assert.deepEqual((await load({ files })).problems, [{
    severity: "error",
    place: { file: `${REPO}/atmos.yaml`, line: 3, column: 5 },
    path: "auth.identities.dev",
    message: `"dev" and "Dev" (${REPO}/.atmos.d/a.yaml:3:5) differ in upper and lower case only; rename one of them`,
  }]);
});

Deno.test("one dangerous name is refused, others are only names", async () => {
  const error = await failure({ files: { [`${REPO}/atmos.yaml`]: "a: 1\n__proto__: {polluted: 1}\n" } });
  assert.deepEqual([error.code, error.place?.line], ["config-invalid", 2]);
  const { root } = await load({ files: { [`${REPO}/atmos.yaml`]: "constructor: 1\n" } });
  assert.deepEqual([...root.entries.keys()], ["constructor"]);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
});

Deno.test("aliases and merge keys are resolved; what is written beside them wins", async () => {
  const text =
    "base: &b {a: 1, b: &x [1]}\nmore: &m {c: 3, a: 9}\none: {<<: [*b, *m], b: 2}\nlist: *x\nx: &x 5\ny: *x\n";
  const { data } = await load({ files: { [`${REPO}/atmos.yaml`]: text } });
  assert.deepEqual(data["one"], { b: 2, a: 1, c: 3 });
  assert.deepEqual([data["list"], data["y"]], [[1], 5]);
});

/** What needs trust to use the configuration, as a line each: path, what is shown, file and line. */
async function notRun(options: ConfigWorldOptions, input: Partial<ConfigInput> = {}): Promise<readonly string[]> {
  const { notRun, host } = await load(options, input);
  assert.deepEqual(host.seen.runs, []);
  return notRun.map(({ path, shown, place }) => `${path} ${shown} ${place.file}:${place.line}:${place.column}`);
}

/** Loads a configuration that is to be used; `ask` answers for the user. */
async function used(options: ConfigWorldOptions, ask?: (powers: readonly UntrustedPower[]) => Promise<boolean>) {
  const { host } = configWorld(options);
  const trust = new TrustGate(host, { command: () => TRUST, ask });
  const config = await loadConfig(host, { ...NOTHING_NAMED, trust });
  return { ...config, data: plain(config.root) as Record<string, unknown>, host };
}

const LIMITS = {
  timeoutMs: 60_000,
  maxBytes: 1024 * 1024,
  skippable: true,
  env: { GIT_CONFIG_PARAMETERS: "'safe.bareRepository=explicit'" },
};

Deno.test("a command of the tree is not run to look at the configuration: empty, a warning with its place", async () => {
  const text = "a: !exec echo hi\nb: !exec get-json\n";
  const tree = { [`${REPO}/atmos.yaml`]: text };
  const { data, problems } = await load({ files: tree });
  assert.deepEqual(data, { a: "", b: "" });
  assert.deepEqual(problems.map(({ severity, path, place, message }) => [severity, path, place.line, message]), [
    ["warning", "a", 1, "!exec does not run until you trust it"],
    ["warning", "b", 2, "!exec does not run until you trust it"],
  ]);
  const both = [`a !exec echo hi ${REPO}/atmos.yaml:1:4`, `b !exec get-json ${REPO}/atmos.yaml:2:4`];
  assert.deepEqual(await notRun({ files: tree }), both);
  for (const named of [{ configFiles: ["atmos.yaml"] }, { configDirectories: ["."] }]) {
    assert.deepEqual(await notRun({ files: tree }, named), both);
  }
  assert.deepEqual(await notRun({ files: tree, env: { ATMOS_CLI_CONFIG_PATH: "." } }), both);
  assert.deepEqual(await notRun({ files: tree, env: { CI: "true", ATMOS_TRUST: "0" } }), both);
  const own = { [`${REPO}/atmos.yaml`]: "env: {ATMOS_TRUST: '1'}\na: !exec echo\n" };
  assert.deepEqual(await notRun({ files: own }), [`a !exec echo ${REPO}/atmos.yaml:2:4`]);
});

Deno.test("a command runs once from a trusted place, in CI, and where ATMOS_TRUST says so", async () => {
  const text = "a: !exec echo hi\nb: !exec get-json\n";
  const run = [{ status: 0, stdout: "hi\n\n", stderr: "" }, { status: 0, stdout: '{"k": [1]}', stderr: "" }];
  const expected = { a: "hi", b: { k: [1] } };
  const tree = { [`${REPO}/atmos.yaml`]: text };
  const worlds = [
    { files: tree, run, env: { ATMOS_TRUST: "1" } },
    { files: tree, run, env: { CI: "true" } },
    { files: { "/home/me/.atmos/atmos.yaml": text }, run },
  ];
  for (const world of worlds) {
    const { data, host, notRun, problems } = await load(world);
    assert.deepEqual([data, notRun, problems], [expected, [], []]);
    const started = { ...LIMITS, ...(world.files === tree ? {} : { cwd: "/home/me/.atmos" }) };
    assert.deepEqual(host.seen.runs, [
      { command: "sh", args: ["-c", "echo hi"], ...started },
      { command: "sh", args: ["-c", "get-json"], ...started },
    ]);
  }
});

Deno.test("a command has the settings of a git around it, none that the configuration says, and one that counts", async () => {
  const text = `env: {GIT_CONFIG_PARAMETERS: "'core.pager=evil'"}\na: !exec git log\n`;
  const explicit = "'safe.bareRepository=explicit'";
  for (
    const [given, expected] of [
      [{}, explicit],
      [{ GIT_CONFIG_PARAMETERS: " " }, explicit],
      [{ GIT_CONFIG_PARAMETERS: "'user.name'='Ada L' 'a.b=c' " }, `'user.name'='Ada L' 'a.b=c' ${explicit}`],
    ] as const
  ) {
    const run = [{ status: 0, stdout: "hi", stderr: "" }];
    const { host } = await load({ files: { [`${REPO}/atmos.yaml`]: text }, run, env: { ATMOS_TRUST: "1", ...given } });
    assert.deepEqual(host.seen.runs.map(({ env }) => env), [{ GIT_CONFIG_PARAMETERS: expected }]);
  }
  const untrusted = await notRun({ files: { [`${REPO}/atmos.yaml`]: text } });
  assert.deepEqual(untrusted, [`a !exec git log ${REPO}/atmos.yaml:2:4`]);
});

Deno.test("a command of the user's own file starts beside it, wherever the user is", async () => {
  const run = [{ status: 0, stdout: "hi", stderr: "" }];
  const text = "a: !exec make -s a\n";
  const files = { "/home/me/.atmos/atmos.yaml": "import: [more/x.yaml]\n", "/home/me/.atmos/more/x.yaml": text };
  for (const cwd of ["/home/me", "/home/me/repo", "/tmp"]) {
    const { host, data } = await load({ files: { ...files, [`${cwd}/Makefile`]: "" }, cwd, run });
    assert.deepEqual([data, host.seen.runs[0]?.cwd], [{ a: "hi" }, "/home/me/.atmos/more"], cwd);
  }
});

Deno.test("to use a configuration, its commands need trust: refused with the place, or asked for at once", async () => {
  const files = { [`${REPO}/atmos.yaml`]: "import: [b.yaml]\na: !exec one\n", [`${REPO}/b.yaml`]: "b: !exec two\n" };
  for (const ask of [undefined, () => Promise.resolve(false)]) {
    await assert.rejects(used({ files }, ask), { place: { file: `${REPO}/atmos.yaml`, line: 2, column: 4 } });
    const expected = {
      code: "untrusted",
      message: "Cannot use a !exec one: it runs a command, and you have not trusted it",
      hint: [
        `Also not trusted: ${REPO}/b.yaml:1:4: b: !exec two (it runs a command)`,
        "Read them, then: atmos auth trust",
        "In CI: set ATMOS_TRUST=1",
      ].join("\n"),
    };
    await assert.rejects(used({ files }, ask), refusal(expected));
  }
  const asked: number[] = [];
  const run = ["one", "two"].map((stdout) => ({ status: 0, stdout, stderr: "" }));
  const { data, host } = await used({ files, run }, (powers) => {
    asked.push(powers.length);
    return Promise.resolve(true);
  });
  assert.deepEqual([data, asked], [{ a: "one", b: "two" }, [2]]);
  assert.deepEqual(host.seen.runs.map(({ args }) => args[1]), ["one", "two"]);
});

Deno.test("commands that only another command leads to are asked for in turn, and each runs once", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: "import: [!exec find-it]\n",
    [`${REPO}/b.yaml`]: "b: !exec two\n",
  };
  const asked: string[][] = [];
  const run = ["b.yaml", "2"].map((stdout) => ({ status: 0, stdout, stderr: "" }));
  const { data, host } = await used({ files, run }, (powers) => {
    asked.push(powers.map(({ shown }) => shown));
    return Promise.resolve(true);
  });
  assert.deepEqual([data, asked], [{ b: "2" }, [["!exec find-it"], ["!exec two"]]]);
  assert.deepEqual(host.seen.runs.map(({ args }) => args[1]), ["find-it", "two"]);
});

Deno.test("a file of the tree runs no command through imports, includes, atmos.d or profiles", async () => {
  const bad = { [`${REPO}/x/bad.yaml`]: "a: !exec rm\n" };
  const roads = [
    { [`${REPO}/atmos.yaml`]: "import: x/bad.yaml" },
    { [`${REPO}/atmos.yaml`]: "b: !include x/bad.yaml" },
    { [`${REPO}/atmos.yaml`]: "c: 1", [`${REPO}/atmos.d/y.yaml`]: "a: !exec rm" },
    { [`${REPO}/atmos.yaml`]: "profiles: {default: p}", [`${REPO}/profiles/p/y.yaml`]: "a: !exec rm" },
    { "/home/me/.atmos/atmos.yaml": `import: ${REPO}/x/bad.yaml` },
    { "/home/me/.atmos/atmos.yaml": `c: !include ${REPO}/x/bad.yaml` },
    { "/home/me/.atmos/atmos.yaml": "import: [!cwd x/bad.yaml]" },
    { "/home/me/.atmos/atmos.yaml": "c: 1", [`${REPO}/.git/HEAD`]: "", [`${REPO}/.atmos.d/y.yaml`]: "a: !exec rm" },
  ];
  for (const road of roads) {
    const files = { ...bad, ...road };
    assert.equal((await notRun({ files })).length, 1, JSON.stringify(road));
    await assert.rejects(used({ files }), { code: "untrusted" }, JSON.stringify(road));
  }
});

Deno.test("a command that is trusted in its own tree starts there, whoever borrows the file", async () => {
  const company = "/home/me/company";
  const inner = `${company}/modules/evil`;
  const files = {
    [`${company}/.git/HEAD`]: "",
    [`${company}/atmos.yaml`]: "a: !exec ./bin/name\n",
    [`${company}/bin/name`]: "echo company",
    [`${company}/sub/x`]: "",
    [`${REPO}/bin/name`]: "rm",
    [`${inner}/.git`]: "gitdir: ../x\n",
  };
  const own = (await load({ files, cwd: company })).notRun;
  const list = JSON.stringify({ version: 2, powers: own.map(({ record }) => record) });
  const startsIn = async (cwd: string, text: string | undefined) => {
    const trusted = { ...files, "/home/me/.local/state/atmos/trusted.json": list };
    const borrowing = text === undefined ? trusted : { ...trusted, [`${cwd}/atmos.yaml`]: text };
    const run = [{ status: 0, stdout: "x", stderr: "" }];
    const { host, notRun } = await load({ files: borrowing, cwd, run });
    return [notRun.length, ...host.seen.runs.map(({ cwd }) => cwd)];
  };
  assert.deepEqual(await startsIn(company, undefined), [0, undefined]);
  assert.deepEqual(await startsIn(`${company}/sub`, undefined), [0, undefined]);
  for (
    const text of [
      `import: [${company}/atmos.yaml]`,
      "import: [../company/*.yaml]",
      `b: !include ${company}/atmos.yaml`,
    ]
  ) {
    assert.deepEqual(await startsIn(REPO, text), [0, company], text);
  }
  assert.deepEqual(await startsIn(inner, "import: [../../atmos.yaml]"), [0, company]);
});

Deno.test("what another tree's file says is as good as who borrows it, whatever leads there", async () => {
  const roads = ["import: [../company/atmos.yaml]", "profiles: {default: p, base_path: ../company}"];
  const files = { "/home/me/company/atmos.yaml": "a: 1\n", "/home/me/company/p/x.yaml": "a: 1\n" };
  for (const text of roads) {
    const { root } = await load({ files: { ...files, [`${REPO}/atmos.yaml`]: text } });
    const { place: { file }, call, isBeyond } = valueAt(root, ["a"])!.fetched!;
    assert.deepEqual([`${file} ${call}`.includes(`${REPO}/atmos.yaml`), isBeyond], [true, true], text);
  }
});

Deno.test("an atmos.yaml that is a link to another tree's is foreign like an import", async () => {
  for (const name of ["atmos.yaml", "atmos.d"]) {
    const { disk, host } = configWorld({ files: { "/home/me/company/atmos.yaml": "a: 1\n" } });
    disk.symlink(`${REPO}/${name}`, { to: `/home/me/company${name === "atmos.d" ? "" : "/atmos.yaml"}` });
    const { root } = await loadConfig(host, NOTHING_NAMED);
    assert.equal(valueAt(root, ["a"])?.fetched?.isBeyond, true, name);
  }
});

Deno.test("files that include one another many times over are refused before they fill the memory", async () => {
  const twelve = Array.from({ length: 12 }, (_, at) => [at, `${REPO}/f${at}.yaml`] as const);
  const eight = (at: number) => Array.from({ length: 8 }, (_, key) => `k${key}: !include f${at}.yaml`).join("\n");
  const files = Object.fromEntries(twelve.map(([at, path]) => [path, at === 0 ? "a: 1" : eight(at - 1)]));
  const { problems } = await load({ files: { ...files, [`${REPO}/atmos.yaml`]: "x: !include f11.yaml" } });
  assert.match(problems[0]!.message, /too many values/);
});

Deno.test("the base path comes from the flag, the variable or the file", async () => {
  const files = { [`${REPO}/.git/HEAD`]: "", [`${REPO}/sub/atmos.yaml`]: "base_path: ./infra" };
  const cwd = `${REPO}/sub`;
  assert.equal((await load({ files, cwd })).basePath, `${REPO}/sub/infra`);
  assert.equal((await load({ files, cwd, env: { ATMOS_BASE_PATH: "infra" } })).basePath, `${REPO}/infra`);
  assert.equal((await load({ files, cwd }, { basePath: "../x" })).basePath, `${REPO}/x`);
});

Deno.test("the hint names the command that looks at the same configuration", () => {
  const command = (input: Partial<ConfigInput>, env: Record<string, string> = {}) =>
    renderParts({}, trustCommand(configWorld({ env }).host, { ...NOTHING_NAMED, ...input }));
  assert.equal(command({}), "atmos auth trust");
  assert.equal(
    command({ configFiles: ["a b.yaml"], profiles: ["p"] }),
    "atmos auth trust --config 'a b.yaml' --config-profile p",
  );
  assert.equal(
    command({ configDirectories: ["."], basePath: "x" }),
    "atmos auth trust --config-path . --base-path x",
  );
  assert.equal(command({}, { PWD: REPO }), "atmos auth trust");
  assert.equal(command({}, { PWD: "/home/me" }), `atmos auth trust -C ${REPO}`);
});

Deno.test("without an absolute HOME nothing of the current directory is the user's", async () => {
  const text = "a: !exec rm";
  const file = `${REPO}/.config/atmos/x.yaml`;
  const files = { [`${REPO}/.atmos/atmos.yaml`]: text, [file]: text };
  const input = { configFiles: [".config/atmos/x.yaml"] };
  const { host } = configWorld({ files });
  const [power] = (await loadConfig(host, { ...NOTHING_NAMED, ...input })).notRun;
  const list = JSON.stringify({ version: 2, powers: [power!.record] });
  for (const HOME of [".", "../repo"]) {
    assert.deepEqual((await load({ files, env: { HOME } })).files, []);
    assert.equal((await notRun({ files, env: { HOME } }, input)).length, 1);
    const trusted = { [`${REPO}/.local/state/atmos/trusted.json`]: list };
    assert.equal((await notRun({ files: { ...files, ...trusted }, env: { HOME } }, input)).length, 1);
  }
});

Deno.test("an import of a directory says what is in the way, and who imports it", async () => {
  const file = `${REPO}/atmos.yaml`;
  const message = async (text: string, files: Record<string, string>) =>
    (await failure({ files: { ...files, [file]: `import: ["${text}"]` } })).message;
  assert.equal(
    await message("empty", { [`${REPO}/empty/notes.txt`]: "" }),
    `Cannot import "empty" into "${file}": no YAML file is in that directory`,
  );
  const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`/much/${at}`, ""]));
  const found = "it means more than 20000 files and directories";
  assert.equal(await message("/much", many), `Cannot import "/much" into "${file}": ${found}`);
  assert.equal(await message("/much/no", many), `Cannot import "/much/no" into "${file}": it does not exist`);
});

Deno.test("an import of x/** takes the YAML files in x, and not those below", async () => {
  const files = { "/x/a.yaml": "a: 1", "/x/b.yml": "b: 1", "/x/c.txt": "c: 1", "/x/deep/d.yaml": "d: 1" };
  const imported = async (path: string) =>
    (await load({ files: { ...files, [`${REPO}/atmos.yaml`]: `import: "${path}"` } })).data;
  assert.deepEqual(await imported("/x/**"), { a: 1, b: 1 });
  assert.deepEqual(await imported("/x/**/**"), { a: 1, b: 1, d: 1 });
  assert.deepEqual(await imported("/x/**/*"), { a: 1, b: 1, d: 1 });
});

Deno.test("a place that is closed to this program holds nothing, and is no reason to fail", async () => {
  const { host } = configWorld({
    files: { "/x/a.yaml": "a: 1", "/x/dev/b.yaml": "", [`${REPO}/atmos.yaml`]: "import: /x" },
  });
  const lstat: typeof host.read.lstat = (path) => {
    if (path.startsWith("/x/dev")) throw new FileError("not-allowed", path, "stat");
    return host.read.lstat(path);
  };
  const { root } = await loadConfig({ ...host, read: { ...host.read, lstat } }, NOTHING_NAMED);
  assert.deepEqual(plain(root), { a: 1 });
});

Deno.test("an atmos.d with far too much in it is named", async () => {
  const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`${REPO}/atmos.d/${at}`, ""]));
  const { code, message } = await failure({ files: { ...many, [`${REPO}/atmos.yaml`]: "" } });
  assert.deepEqual([code, message], [
    "config-invalid",
    `Cannot read configuration "${REPO}/atmos.d": it means more than 20000 files and directories`,
  ]);
});

Deno.test("with every problem wanted, broken files and imports are problems, and the rest is read", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: "import: [a.yaml, gone.yaml, b.yaml, d, c.yaml]\nx: !env\n",
    [`${REPO}/a.yaml`]: "a: [",
    [`${REPO}/b.yaml`]: "- list\n",
    [`${REPO}/c.yaml`]: "c: 1",
    [`${REPO}/d/1.yaml`]: "{",
    [`${REPO}/d/2.yaml`]: "import: c.yaml",
    [`${REPO}/.atmos.d/z.yaml`]: "z: {",
  };
  const { data, problems } = await load({ files }, { everyProblem: true });
  assert.deepEqual(data, { c: 1, x: null });
  const told = problems.map(({ severity, place: { file, line }, message }) =>
    `${severity} ${file.slice(REPO.length + 1)}:${line} ${/"[^"]*"|it takes/.exec(message)![0]}`
  );
  assert.deepEqual(told, [
    `error .atmos.d/z.yaml:1 "${REPO}/.atmos.d/z.yaml"`,
    `error a.yaml:1 "${REPO}/a.yaml"`,
    'error atmos.yaml:1 "gone.yaml"',
    `error b.yaml:1 "${REPO}/b.yaml"`,
    `error d/1.yaml:1 "${REPO}/d/1.yaml"`,
    'error d/2.yaml:1 "c.yaml"',
    "error atmos.yaml:2 it takes",
  ]);
  assert.match(problems[1]!.message, /\(imported by .*atmos\.yaml:1:10\)$/);
  assert.equal((await failure({ files })).place?.file, `${REPO}/.atmos.d/z.yaml`);
});

Deno.test("every problem wanted or not: what needs trust is never run", async () => {
  const files = { [`${REPO}/atmos.yaml`]: "import: [a.yaml]", [`${REPO}/a.yaml`]: "x: !exec rm" };
  assert.deepEqual(await notRun({ files }, { everyProblem: true }), [`x !exec rm ${REPO}/a.yaml:1:4`]);
});

Deno.test("what came by !include, !exec or !env is marked, what the configuration itself says is not", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]:
      "import: [i.yaml]\na: !include y.yaml\nb: !include j.json\nc: !include t.txt\nd: !exec hi\n" +
      "e: !env HOME\nf: !env 'NONE default'\ng: own\nh: !literal own\nk: !include y.yaml .deep\n",
    [`${REPO}/i.yaml`]: "i: own",
    [`${REPO}/y.yaml`]: "deep: [x]",
    [`${REPO}/j.json`]: '{"k": 1}',
    [`${REPO}/t.txt`]: "text",
  };
  const run = [{ status: 0, stdout: "hi", stderr: "" }];
  const { root } = await load({ files, run, env: { ATMOS_TRUST: "1" } });
  const isMarked = (value: Located): boolean =>
    value.fetched !== undefined &&
    (value.kind === "scalar" ||
      (value.kind === "list" ? value.items : [...value.entries.values()].map((entry) => entry.value)).every(isMarked));
  const marked = [...root.entries].filter(([, { value }]) => isMarked(value));
  assert.deepEqual(marked.map(([name, { value }]) => [name, value.fetched?.call, value.fetched?.isBeyond]), [
    ["a", "!include y.yaml", false],
    ["b", "!include j.json", false],
    ["c", "!include t.txt", false],
    ["d", "!exec hi", false],
    ["e", "!env HOME", true],
    ["k", "!include y.yaml .deep", false],
  ]);
});

Deno.test("what names a realm is where the user's own file lies, wherever nothing else says something of logins", async () => {
  const own = { "/home/me/.atmos/atmos.yaml": "auth: {identities: {me: {kind: aws/ambient}}}\n" };
  const later = "auth: {identities: {x: {kind: aws/ambient}}}\n";
  const cases: readonly (readonly [files: Readonly<Record<string, string>>, directory: string | undefined])[] = [
    [own, "/home/me/.atmos"],
    [{ ...own, [`${REPO}/.git/HEAD`]: "" }, "/home/me/.atmos"],
    [{ ...own, [`${REPO}/atmos.yaml`]: "stacks: {base_path: stacks}\n" }, "/home/me/.atmos"],
    [{ ...own, [`${REPO}/atmos.yaml`]: later }, REPO],
    [{ ...own, [`${REPO}/atmos.d/x.yaml`]: later }, REPO],
    [{ "/home/me/.atmos/atmos.yaml": "logs: {level: info}\n", [`${REPO}/atmos.yaml`]: "stacks: {}\n" }, REPO],
    [{}, undefined],
  ];
  for (const [files, directory] of cases) {
    assert.equal(findDirectoryNamed(await load({ files })), directory, JSON.stringify(files));
  }
});
