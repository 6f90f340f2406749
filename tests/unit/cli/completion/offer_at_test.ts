import { deepEqual, equal, ok } from "node:assert/strict";
import { type AnyCommand, command } from "../../../../src/cli/args/command.ts";
import { offerAt } from "../../../../src/cli/completion/offer_at.ts";
import { GLOBAL_FLAGS } from "../../../../src/cli/args/global_flags.ts";
import type { Registry } from "../../../../src/cli/args/registry.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const base = { summary: "About it", examples: [], needs: [], run: () => 0 } as const;
const definitions: readonly AnyCommand[] = [
  command({
    ...base,
    name: "aws eks go",
    flags: {
      name: { kind: "string", short: "n", placeholder: "n", summary: "Name" },
      integration: { kind: "string", placeholder: "i", summary: "Integration", complete: "eks-integration" },
      mode: { kind: "choice", choices: ["fast", "slow"], summary: "Mode" },
      wait: { kind: "switch", summary: "Wait" },
      file: { kind: "string", placeholder: "f", summary: "File", complete: "file" },
    },
    excludes: [["name", "integration"]],
    args: { placeholder: "x", summary: "", max: 2, complete: ["integration"] },
  }),
  command({ ...base, name: "exec", flags: {}, args: { placeholder: "c", summary: "", max: 0, passthrough: true } }),
  command({ ...base, name: "inside", flags: {}, args: { placeholder: "c", summary: "", max: 1, complete: ["file"] } }),
  command({ ...base, name: "version", flags: { output: { kind: "choice", choices: ["text"], summary: "Form" } } }),
  command({ ...base, name: "secret", flags: {}, hidden: true }),
];
const registry: Registry = Object.fromEntries(
  definitions.map((definition) => [definition.name, () => Promise.resolve({ definition })]),
);

const CONFIG = `
auth:
  identities:
    dev: { kind: aws/user }
    my name: { kind: aws/assume-role, via: { identity: dev } }
    "bad\\u001bname": { kind: aws/user }
  integrations:
    dev/eks: { kind: aws/eks, via: { identity: dev } }
    reg: { kind: aws/ecr, via: { identity: dev } }
`;
const FILES = {
  "/home/me/repo/atmos.yaml": CONFIG,
  "/home/me/repo/profiles/dev/x.yaml": "",
  "/home/me/repo/profiles/ci/x.yaml": "",
};

async function offer(line: string, files: Readonly<Record<string, string>> = FILES) {
  const words = line.split(" ");
  const typing = { before: words.slice(0, -1), current: words.at(-1)! };
  return await offerAt(configWorld({ files }).host, { registry, typing });
}

async function values(line: string, files?: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await offer(line, files);
  return found.kind === "words" ? found.candidates.map(({ value }) => value) : [`(${found.kind})`];
}

Deno.test("offer: the words of each group, with what help says; hidden ones never", async () => {
  deepEqual(await offer(""), {
    kind: "words",
    candidates: [
      { value: "aws", about: "Use EKS clusters and ECR registries" },
      { value: "exec", about: "About it" },
      { value: "inside", about: "About it" },
      { value: "version", about: "About it" },
    ],
  });
  deepEqual(await values("aws -C /x eks "), ["go"]);
  deepEqual(await values("help aws "), ["eks"]);
  deepEqual(await values("nothing "), []);
});

Deno.test("offer: a dash brings the command's own flags and the global ones", async () => {
  const globals = Object.keys(GLOBAL_FLAGS).map((name) => `--${name}`);
  deepEqual(await values("aws eks go --"), ["--name", "--integration", "--mode", "--wait", "--file", ...globals]);
  deepEqual(await values("aws --"), globals);
});

Deno.test("offer: a lone dash brings short flags too, and a whole short flag is offered itself", async () => {
  const all = await values("aws eks go -");
  for (const one of ["-n", "-i", "-C", "-h", "--name"]) ok(all.includes(one), one);
  ok((await values("-i")).includes("-i"));
  equal((await values("--i")).includes("-i"), false);
});

Deno.test("offer: a flag that is there, and one that it excludes, are not offered again; repeatable ones are", async () => {
  const all = await values("--config a -i x aws eks go --name x --");
  for (const gone of ["--name", "--integration", "--identity"]) equal(all.includes(gone), false, gone);
  for (const there of ["--config", "--mode"]) ok(all.includes(there), there);
  equal((await values("aws eks go --integration x --")).includes("--name"), false);
});

Deno.test("offer: choices, as a word of their own and after =", async () => {
  deepEqual(await values("aws eks go --mode "), ["fast", "slow"]);
  deepEqual(await values("aws eks go --mode=f"), ["--mode=fast", "--mode=slow"]);
  deepEqual(await values("aws eks go --wait="), ["--wait=true", "--wait=false"]);
  deepEqual(await values("--logs-level=").then((all) => all[0]), "--logs-level=trace");
});

Deno.test("offer: identities in every spelling, with their kind; no name that could harm a terminal", async () => {
  deepEqual(await offer("aws eks go -i "), {
    kind: "words",
    candidates: [{ value: "dev", about: "aws/user" }, { value: "my name", about: "aws/assume-role via dev" }],
  });
  deepEqual(await values("--identity=d"), ["--identity=dev", "--identity=my name"]);
  deepEqual(await values("-id"), ["-idev", "-imy name"]);
  deepEqual(await values("-i=d"), ["-i=dev", "-i=my name"]);
});

Deno.test("offer: a flag that needs no value may be followed by a word of the command", async () => {
  deepEqual(await values("-i aw"), ["aws", "exec", "inside", "version"]);
  deepEqual(await values("-i de"), ["dev", "my name"]);
  deepEqual(await values("-i ", {}), ["aws", "exec", "inside", "version"]);
});

Deno.test("offer: integrations of the kind that the flag takes, and all of them as arguments", async () => {
  deepEqual(await values("aws eks go --integration "), ["dev/eks"]);
  deepEqual(await values("aws eks go "), ["dev/eks", "reg"]);
  deepEqual(await values("aws eks go dev/eks "), ["reg"]);
});

Deno.test("offer: as many arguments as the command takes; then its flags", async () => {
  deepEqual(await values("aws eks go a b "), ["--name", "--integration", "--mode", "--wait", "--file"]);
  deepEqual(await values("aws eks go a b c"), []);
  deepEqual(await values("version "), ["--output"]);
});

Deno.test("offer: a list with commas goes on, without what is in it or given elsewhere", async () => {
  deepEqual(await values("--config-profile "), ["ci", "dev"]);
  deepEqual(await values("--config-profile dev,"), ["dev,ci"]);
  deepEqual(await values("--config-profile=dev,"), ["--config-profile=dev,ci"]);
  deepEqual(await values("--config-profile ci --config-profile "), ["dev"]);
});

Deno.test("offer: paths are the shell's business", async () => {
  deepEqual(await values("--config "), ["(files)"]);
  deepEqual(await values("--config=x"), ["(files)"]);
  deepEqual(await values("-C "), ["(directories)"]);
  deepEqual(await values("aws eks go --file "), ["(files)"]);
  deepEqual(await values("inside x"), ["(files)"]);
});

Deno.test("offer: after -- no flags; what is handed through is another program's", async () => {
  deepEqual(await values("exec -- "), ["(command)"]);
  deepEqual(await values("exec -- kubectl --"), ["(command)"]);
  deepEqual(await values("aws eks go -- --"), ["dev/eks", "reg"]);
});

Deno.test("offer: nothing is known of free text, and of a flag that does not exist", async () => {
  deepEqual(await values("aws eks go --name "), []);
  deepEqual(await values("aws eks go --nothing="), []);
});

Deno.test("offer: a broken atmos.yaml still completes words and flags", async () => {
  const broken = { "/home/me/repo/atmos.yaml": "auth: [" };
  deepEqual(await values("aws eks ", broken), ["go"]);
  deepEqual(await values("aws eks go --mode ", broken), ["fast", "slow"]);
  deepEqual(await values("aws eks go --integration ", broken), []);
});

Deno.test("offer: --config of the line says where the names are", async () => {
  const files = { ...FILES, "/else/a.yaml": "auth: { identities: { other: { kind: aws/user } } }" };
  deepEqual(await values("--config /else/a.yaml -i ", files), ["other"]);
  deepEqual(await values("--config-path /home/me/repo -i ", files), ["dev", "my name"]);
});
