import { deepEqual, equal, throws } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { formatProblem } from "../../../../src/config/schema/entry.ts";
import { loadProjectAuth, loadProjectConfig, reportWarnings } from "../../../../src/cli/project/load.ts";
import { readCommandLine } from "../../../../src/cli/args/command_line.ts";
import type { Globals } from "../../../../src/cli/args/global_flags.ts";
import { printable } from "../../../../src/cli/output/text.ts";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { SSO_AND_DEV } from "../../../support/config/auth_texts.ts";
import { configWorld, plain } from "../../../support/config/config_files.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const REPO = "/home/me/repo";

async function globalsOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Globals> {
  const request = await readCommandLine(fakeHost({ env }), { registry: REGISTRY, argv: ["version", ...argv] });
  if (request.kind !== "run") throw new Error("no command");
  return request.input.globals;
}

Deno.test("config of: each global flag reaches the loader, and so does each variable with its commas", async () => {
  const files = {
    "/c/one.yaml": "a: 1\nbase_path: /ignored",
    "/c/two.yaml": "a: 2",
    "/d/atmos.yaml": "d: 1",
    "/d/profiles/x/p.yaml": "x: 1",
    "/d/profiles/y/p.yaml": "y: 1",
    [`${REPO}/atmos.yaml`]: "not: read",
  };
  const { host } = configWorld({ files });
  const flags = ["--config", "/c/one.yaml,/c/two.yaml", "--config-path", "/d", "--config-profile", "x", "--base-path"];
  const variables = {
    ATMOS_CONFIG: "/c/one.yaml,/c/two.yaml",
    ATMOS_CONFIG_PATH: "/d",
    ATMOS_PROFILE: "x",
    ATMOS_BASE_PATH: "/b",
  };
  for (const globals of [await globalsOf([...flags, "/b"]), await globalsOf([], variables)]) {
    const config = await loadProjectConfig(host, globals);
    deepEqual(config.files, ["/c/one.yaml", "/c/two.yaml", "/d/atmos.yaml", "/d/profiles/x/p.yaml"]);
    deepEqual([config.basePath, config.profiles], ["/b", ["x"]]);
    deepEqual(plain(config.root), { a: 2, base_path: "/ignored", d: 1, x: 1 });
  }
  const both = await loadProjectConfig(host, await globalsOf(["--config-path=/d"], { ATMOS_PROFILE: "y, x" }));
  deepEqual(both.profiles, ["y", "x"]);
});

Deno.test("config of: the problems of functions and of the auth section come file by file, from top to bottom", async () => {
  const files = {
    [`${REPO}/atmos.yaml`]: `import: [b.yaml]\n${SSO_AND_DEV}x: !env NOT_SET\n`,
    [`${REPO}/b.yaml`]: "auth:\n  reallm: x\n  realm: NO\nz: !unknown x\n",
  };
  const { host } = configWorld({ files });
  const { problems, model } = await loadProjectAuth(host, await globalsOf([]));
  deepEqual(problems.map((one) => formatProblem(one).replace(/: [^:]*: .*/, "")), [
    `${REPO}/atmos.yaml:7:4`,
    `${REPO}/b.yaml:2:3`,
    `${REPO}/b.yaml:3:10`,
    `${REPO}/b.yaml:4:4`,
  ]);
  deepEqual([...model.identities.keys()], ["dev"]);
});

Deno.test("config of: one bad provider is a warning for who doesn't need it, and status 3 for who does", async () => {
  const bad = "    bad: {kind: aws/saml, region: us-east-1}\n  identities:\n";
  const via = "    needs-bad: {kind: aws/assume-role, via: {provider: bad}, " +
    "principal: {assume_role: 'arn:aws:iam::123456789012:role/x'}}\n";
  const text = SSO_AND_DEV.replace("  identities:\n", bad) + via;
  const { host } = configWorld({ files: { [`${REPO}/atmos.yaml`]: text } });
  const globals = await globalsOf([]);
  const { model, problems } = await loadProjectAuth(host, globals);
  reportWarnings(host, { problems, globals });
  equal(
    host.seen.err,
    `Warning: ${REPO}/atmos.yaml:4:5: auth.providers.bad.url: missing: address of the identity provider's page for AWS\n`,
  );
  equal(buildChain(model, "dev").provider?.name, "sso");
  throws(() => buildChain(model, "needs-bad"), { code: "config-invalid", exitStatus: 3 });
});

Deno.test("config of: --logs-level error and off, or its variable, keep warnings quiet", async () => {
  const { host } = configWorld({ files: { [`${REPO}/atmos.yaml`]: "auth: {reallm: x}" } });
  const said = async (globals: Globals) => {
    host.seen.err = "";
    reportWarnings(host, { problems: (await loadProjectAuth(host, globals)).problems, globals });
    return host.seen.err !== "";
  };
  for (const level of ["error", "off"]) {
    equal(await said(await globalsOf(["--logs-level", level])), false);
    equal(await said(await globalsOf([], { ATMOS_LOGS_LEVEL: level })), false);
  }
  for (const level of ["warn", "info", "debug", "trace"]) {
    equal(await said(await globalsOf(["--logs-level", level])), true);
  }
});

Deno.test("config of: of many warnings the first ones are told, and where all are", async () => {
  const globals = await globalsOf([]);
  const told = async (count: number) => {
    const keys = Array.from({ length: count }, (_, at) => `reallm${at}: x`).join(", ");
    const { host } = configWorld({ files: { [`${REPO}/atmos.yaml`]: `auth: {realm: a, ${keys}}` } });
    reportWarnings(host, { problems: (await loadProjectAuth(host, globals)).problems, globals });
    return host.seen.err.trimEnd().split("\n");
  };
  equal((await told(20)).length, 20);
  equal((await told(21)).length, 21);
  const many = await told(150);
  deepEqual([many.length, many.at(-1)], [21, "Warning: 130 more; see them all: atmos auth validate"]);
});

Deno.test("config of: what a file holds cannot obey the terminal", async () => {
  const { host } = configWorld({ files: { [`${REPO}/atmos.yaml`]: 'auth: {"re\\e[31malm\\u202e": x}' } });
  const globals = await globalsOf([]);
  reportWarnings(host, { problems: (await loadProjectAuth(host, globals)).problems, globals });
  equal(`${printable(host.seen.err.trimEnd())}\n`, host.seen.err);
  equal(host.seen.err.includes("malm"), true);
});
