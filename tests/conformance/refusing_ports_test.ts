import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import type { AnyCommand } from "../../src/cli/args/command.ts";
import { readCommandLine } from "../../src/cli/args/command_line.ts";
import type { Completes, Flag } from "../../src/cli/args/flag.ts";
import { allCommands, REGISTRY } from "../../src/cli/registry.ts";
import { EXIT_STATUS } from "../../src/errors.ts";
import { NetError } from "../../src/host/net/net_error.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { diskWith, memoryAtmos } from "../support/atmos/memory_atmos.ts";
import type { MemoryFiles } from "../support/host/memory_files.ts";

const FILES: Readonly<Record<string, string>> = {
  "/home/me/repo/atmos.yaml": `settings: {x: !exec "echo hi"}
auth:
  realm: lab
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://corp.awsapps.com/start"}
  identities:
    dev:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
    dev/ecr:
      kind: aws/ecr
      via: {identity: dev}
      spec: {registry: {account_id: "123456789012", region: us-east-2}}
stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{stage}"}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-cluster"}}
`,
  "/home/me/repo/stacks/deploy/dev.yaml":
    'vars: {stage: dev, region: us-east-2}\ncomponents: {terraform: {eks: {vars: {x: !exec "echo hi"}}}}\n',
};

/** An argument for each kind of name that a command takes one of. */
const ARGUMENTS: Partial<Record<Completes, string>> = {
  "identity": "dev",
  "eks-integration": "dev/eks",
  "ecr-integration": "dev/ecr",
  "component": "eks",
  "file": "atmos.yaml",
};

const WARNING = "Warning: a dry run runs no commands, so every value of !exec is empty here";
const DOCUMENTED: ReadonlySet<number> = new Set([0, ...Object.values(EXIT_STATUS)].filter((status) => status !== 1));

/** What a command line makes unneeded, on a machine without any file. */
async function unneeded(words: readonly string[]): Promise<readonly string[]> {
  const disk = diskWith({});
  const host = fakeHost({ files: { read: disk.reader, write: disk.writer }, env: { HOME: "/home/me" } });
  const request = await readCommandLine(host, { registry: REGISTRY, argv: words });
  if (request.kind !== "run") throw new Error(`no command: ${words.join(" ")}`);
  return request.definition.unneeded?.(host, request.input) ?? [];
}

function typed(name: string, flag: Flag): string {
  if (flag.kind === "switch") return `--${name}`;
  return `--${name}=${flag.kind === "choice" ? flag.choices[0] : "1"}`;
}

/** The flags with which a command refuses something; none at all where it always does. */
async function refusingFlags({ name, flags }: AnyCommand): Promise<readonly (readonly string[])[]> {
  const words = name.split(" ");
  const always = await unneeded(words);
  const found: string[][] = always.length > 0 ? [[]] : [];
  for (const [flag, definition] of Object.entries(flags)) {
    const given = [typed(flag, definition)];
    if ((await unneeded([...words, ...given])).length > always.length) found.push(given);
  }
  return found;
}

/** Without an argument, and one for each kind. */
function argumentsFor({ name, args }: AnyCommand): readonly (readonly string[])[] {
  const kinds = args?.complete ?? [];
  for (const kind of kinds) ok(kind in ARGUMENTS, `"${name}": no sample of a name of kind ${kind}`);
  return [[], ...kinds.map((kind) => [ARGUMENTS[kind]!])];
}

/** All that is on the disk: directories, and files with their text. */
function everything({ reader }: Pick<MemoryFiles, "reader">, path = "/"): readonly string[] {
  return reader.list(path).flatMap((name) => {
    const inner = `${path === "/" ? "" : path}/${name}`;
    if (reader.lstat(inner)?.isDirectory) return [inner, ...everything({ reader }, inner)];
    return [`${inner}: ${new TextDecoder().decode(reader.bytes(inner))}`];
  });
}

/** Runs it where each program would be seen, and where AWS is out of reach. */
async function look(argv: readonly string[]) {
  const disk = diskWith(FILES);
  const before = everything(disk);
  const unreachable = Array.from({ length: 20 }, () => new NetError("dns", "aws.test", "not known"));
  const { status, err, seen } = await memoryAtmos(argv, { disk, net: unreachable, env: { ATMOS_TRUST: "1" } });
  deepEqual({ runs: seen.runs, files: everything(disk) }, { runs: [], files: before });
  ok(DOCUMENTED.has(status), `status ${status}: ${err}`);
  doesNotMatch(err, /TypeError|Cannot continue/);
  return { status, warnings: err.split("\n").filter((line) => line.startsWith("Warning: ")) };
}

const seen: string[] = [];

for (const definition of await allCommands()) {
  const { name, skipsSilently = false } = definition;
  for (const flags of await refusingFlags(definition)) {
    const line = [name, ...flags].join(" ");
    seen.push(line);
    Deno.test(`refusing ports: "${line}" runs and writes nothing for a trusted !exec, and warns once`, async () => {
      const runs = [];
      for (const args of argumentsFor(definition)) runs.push(await look([...name.split(" "), ...args, ...flags]));
      const expected = skipsSilently ? [] : [WARNING];
      // A command line that is refused ends before the configuration is read.
      const read = runs.filter(({ status, warnings }) => status !== EXIT_STATUS.usage || warnings.length > 0);
      ok(read.length > 0 || skipsSilently);
      for (const { warnings } of read) deepEqual(warnings, expected);
    });
  }
}

Deno.test("refusing ports: the loop has found the flags that are known", () => {
  for (const line of ["auth logout --dry-run", "aws eks update-kubeconfig --diff", "auth trust", "auth trust --list"]) {
    ok(seen.includes(line), `${seen}`);
  }
});
