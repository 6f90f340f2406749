import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { REPOSITORY } from "../support/machine/paths.ts";

const CLASSIC = `${REPOSITORY}/tests/testdata/stacks/classic`;

function classic(...args: string[]) {
  return inClassic(args);
}

function inClassic(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runAtmos(args, { cwd: CLASSIC, env: { HOME: "/nonexistent", ATMOS_TRUST: "1", ...env } });
}

Deno.test("list stacks, list components: names a line, or JSON", async () => {
  equal((await classic("list", "stacks")).stdout, "plat-ue2-dev\nplat-uw2-prod\n");
  deepEqual(JSON.parse((await classic("list", "stacks", "--component", "legacy", "-f", "json")).stdout), [
    "plat-ue2-dev",
  ]);
  equal((await classic("list", "components", "-s", "plat-uw2-prod")).stdout, "eks\n");
  const all = (await classic("list", "components", "--abstract")).stdout;
  equal(all, "eks\neks/defaults\neks/hardened\ningress\nlegacy\noff\nvpc\n");
  const none = await classic("list", "components", "-s", "none");
  deepEqual([none.status, none.stdout], [2, ""]);
  match(none.stderr, /^Error: Cannot find stack "none": no stack has that name\nHint: .*list stacks\n$/);
});

Deno.test("describe component: all that it inherits, with the line of every value on demand", async () => {
  const { stdout } = await classic("describe", "component", "eks", "-s", "plat-uw2-prod", "-f", "json");
  const { vars, atmos_stack: stack } = JSON.parse(stdout);
  deepEqual([stack, vars.node_groups], ["plat-uw2-prod", { main: { min: 1, max: 6 }, extra: { min: 2 } }]);
  const traced = (await classic("describe", "component", "eks", "-s", "plat-uw2-prod", "--provenance")).stdout;
  match(traced, /^ {2}public_access: false {2}# stacks\/catalog\/eks\.yaml:21$/m);
  match(traced, /^ {2}managed_by: people {2}# stacks\/orgs\/acme\/plat\/prod\/us-west-2\.yaml:\d+$/m);
  const json = await classic("describe", "component", "eks", "-s", "plat-uw2-prod", "--provenance", "-f", "json");
  deepEqual(JSON.parse(json.stdout).vars.stage, { value: "prod", file: "stacks/mixins/stage/prod.yaml", line: 2 });
});

Deno.test("describe component: also one that others only inherit from", async () => {
  const { status, stdout } = await classic("describe", "component", "eks/defaults", "-s", "plat-ue2-dev", "-f", "json");
  const { metadata, component_type: kind, command } = JSON.parse(stdout);
  deepEqual([status, metadata.type, kind, command], [0, "abstract", "terraform", "terraform"]);
});

Deno.test("describe component, list components: ATMOS_STACK is the stack where no flag says it", async () => {
  const usual = { ATMOS_STACK: "plat-uw2-prod" };
  const stackOf = async (...more: string[]) => {
    const { stdout } = await inClassic(["describe", "component", "eks", "-f", "json", ...more], usual);
    return JSON.parse(stdout).atmos_stack;
  };
  deepEqual([await stackOf(), await stackOf("-s", "plat-ue2-dev")], ["plat-uw2-prod", "plat-ue2-dev"]);
  equal((await inClassic(["list", "components"], usual)).stdout, "eks\n");
  equal(
    (await inClassic(["list", "components"], { ATMOS_STACK: "" })).stdout,
    (await classic("list", "components")).stdout,
  );
});

Deno.test("describe component: what is not there is told with what may be meant, and status 2", async () => {
  const none = await classic("describe", "component");
  deepEqual([none.status, none.stdout], [2, ""]);
  const typo = await classic("describe", "component", "eks", "-s", "plat-ue2-dve");
  equal(typo.status, 2);
  match(
    typo.stderr,
    /^Error: Cannot find stack "plat-ue2-dve": .*did you mean "plat-ue2-dev"\?\nHint: .*list stacks\n$/,
  );
  match(
    (await classic("describe", "component", "eks")).stderr,
    /2 stacks have it\nHint: Specify one: -s STACK \(plat-ue2-dev, plat-uw2-prod\)/,
  );
});

/** A repository with a stack that can be used, one that imports what is not there, and remote imports. */
function brokenRepository(home: TempHome): void {
  home.write(
    "repo/atmos.yaml",
    `import: ["https://example.com/atmos.yaml"]
stacks: {base_path: stacks, included_paths: ["deploy/**"], name_template: "{{ .vars.stage }}"}
auth: {identities: {dev: {kind: aws/ambient}}}
`,
  );
  const stack = (stage: string, imports: string) =>
    home.write(
      `repo/stacks/deploy/${stage}.yaml`,
      `import: [${imports}]\nvars: {stage: ${stage}}\ncomponents: {terraform: {vpc: {}, ${stage}-only: {}}}\n`,
    );
  stack("dev", "catalog/vpcc");
  stack("test", "catalog/vpcc");
  stack("prod", "catalog/vpc, 's3::https://s3.amazonaws.com/acme/net.yaml'");
  home.write("repo/stacks/catalog/vpc.yaml", "vars: {cidr: 10.0.0.0/16}\n");
}

Deno.test("lists end with status 3 where stacks cannot be used, and have the rest; other stacks are used", async () => {
  await using home = tempHome();
  brokenRepository(home);
  const run = (...args: string[]) =>
    runAtmos(args, { cwd: home.at("repo"), env: { HOME: home.at("."), ATMOS_TRUST: "1" } });
  const missing = (stage: string) =>
    new RegExp(
      `^Error: \\S+/stacks/deploy/${stage}\\.yaml:1:10: .*the import "catalog/vpcc" does not exist; did you mean "catalog/vpc"`,
      "m",
    );
  const lists: readonly (readonly [readonly string[], unknown])[] = [
    [["list", "stacks"], ["prod"]],
    [["list", "stacks", "--component", "vpc"], ["prod"]],
    [["list", "components"], ["prod-only", "vpc"]],
  ];
  for (const [words, names] of lists) {
    const { status, stdout, stderr } = await run(...words, "-f", "json");
    deepEqual([status, JSON.parse(stdout)], [3, names], stderr);
    for (const stage of ["dev", "test"]) match(stderr, missing(stage));
    match(stderr, /^Hint: Affected stack: deploy\/dev$/m);
  }
  for (const words of [["list", "components", "-s", "dev"], ["describe", "component", "vpc", "-s", "dev"]]) {
    const { status, stdout, stderr } = await run(...words);
    deepEqual([status, stdout], [3, ""], stderr);
    match(stderr, missing("dev"));
  }
  for (const words of [["list", "components", "-s", "prod"], ["describe", "component", "vpc", "-s", "prod"]]) {
    const { status, stderr } = await run(...words);
    equal(status, 0, stderr);
    match(
      stderr,
      /^Warning: \S+\/atmos\.yaml:1:10: import: https:\/\/example\.com\/atmos\.yaml is remote and was skipped/m,
    );
    match(
      stderr,
      /^Warning: \S+\/prod\.yaml:1:23: import: s3::https:\/\/s3\.amazonaws\.com\/acme\/net\.yaml is remote/m,
    );
  }
  const none = await run("describe", "component", "net", "-s", "prod");
  equal(none.status, 2);
  match(
    none.stderr,
    /^Hint: It may be in a remote import that was skipped: https:\/\/example\.com\/atmos\.yaml \(\S+:1:10, and 1 more\)$/m,
  );
});

Deno.test("auth validate lists remote imports of atmos.yaml and of stacks, and is content", async () => {
  await using home = tempHome();
  brokenRepository(home);
  const run = (...args: string[]) =>
    runAtmos(args, { cwd: home.at("repo"), env: { HOME: home.at("."), ATMOS_TRUST: "1" } });
  const { status, stdout } = await run("auth", "validate", "--output", "json");
  const { valid, problems } = JSON.parse(stdout);
  deepEqual([status, valid], [0, true]);
  deepEqual(
    problems.map((
      { severity, file, line, path }: Record<string, unknown>,
    ) => [severity, String(file).split("/").at(-1), line, path]),
    [["warning", "atmos.yaml", 1, "import"], ["warning", "prod.yaml", 1, "import"]],
  );
  const missing = await run("auth", "whoami", "--identity", "nope");
  equal(missing.status, 3);
  match(missing.stderr, /^Hint: It may be in a remote import that was skipped: https:\/\/example\.com\/atmos\.yaml/m);
});
