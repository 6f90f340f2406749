import { equal, ok } from "node:assert/strict";
import { allCommands } from "../../src/cli/registry.ts";
import { type CanaryField, canaryFields, fillCanary, NAMES } from "../support/faults/canary_fields.ts";
import { type Left, REPO, runWithCanary } from "../support/faults/canary_run.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { sampled } from "../support/faults/sample.ts";
import { sessionFile } from "../support/config/stored_logins.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";

const { identity, provider, cluster, registry } = NAMES;
const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const NAMED = ["--name", "dev-cluster", "--region", "us-east-2"];
const COMPONENT = ["eks", "-s", "dev"];

/** What commands are given; one that is not here runs without arguments. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "auth configure-aws": [["--all"], [identity, "--dry-run"], [identity, "--diff"]],
  "auth console": [["--print-url"]],
  "auth credential-process": [["--identity", identity]],
  "auth doctor": [[], ["--output", "json"]],
  "auth env": [[], ["--login", "--format", "json"]],
  "auth exec": [["--", "true"]],
  "auth init": [["--output", "json"]],
  "auth list": ["tree", "table", "json", "yaml", "mermaid", "graphviz"].map((format) => ["--format", format]),
  "auth login": [[], ["--provider", provider]],
  "auth logout": [["--all"], [identity, "--dry-run"]],
  "auth shell": [["--shell", "/bin/sh", "--", "-c", "true"]],
  "auth status": [["--all"], ["--all", "--output", "json"], [identity], [identity, "--output", "json"]],
  "auth trust": [["--dry-run"], ["--dry-run", ...COMPONENT], ["--list", "--output", "json"]],
  "auth use": [[identity]],
  "auth whoami": [[], ["--output", "json"]],
  "aws ecr configure": [[registry, "--dry-run"], [registry]],
  "aws ecr login": [[registry], [registry, "--dry-run"], ["--registry", HOST, "-i", identity]],
  "aws ecr logout": [[registry]],
  "aws eks doctor": [[cluster], [cluster, "--output", "json"], [...NAMED, "-i", identity]],
  "aws eks list": [["-i", identity], ["--all-identities"], ["-i", identity, "-o", "json"]],
  "aws eks prune": [["--yes"], ["--dry-run"]],
  "aws eks token": [["--cluster-name", "dev-cluster", "--region", "us-east-2", "-i", identity]],
  "aws eks update-kubeconfig": [
    ...[[cluster], [cluster, "--dry-run"], ["--all"], [...NAMED, "-i", identity], [...NAMED, "--diff"]],
    ...[COMPONENT, [...COMPONENT, "--dry-run"], ["--discover", "--region", "us-east-2", "-i", identity, "--dry-run"]],
  ],
  "complete": [
    ...[["auth", "login"], ["aws", "eks", "update-kubeconfig"], ["aws", "ecr", "login"], ["auth", "list", "--tags"]],
    ...[["auth", "login", "--provider"], ["aws", "eks", "update-kubeconfig", "-s"], ["describe", "component"]],
  ].map((words) => ["--", ...words, ""]),
  "completion": [["bash"]],
  "describe component": [COMPONENT],
  "docker-credential": [["get"], ["list"]],
};

/** How a value comes from beyond the tree. */
const CALLS = ["!env CANARY", "!include ../canary.txt", "!include.raw ../canary.txt"];

interface Case {
  readonly field: CanaryField;
  readonly call: string;
  readonly args: readonly string[];
}

async function listCases(): Promise<readonly Case[]> {
  const fields = await canaryFields();
  const lines = (await allCommands()).flatMap(({ name }) =>
    (ARGUMENTS[name] ?? [[]]).map((args) => [...name.split(" "), ...args])
  );
  return fields.flatMap((field) => CALLS.flatMap((call) => lines.map((args) => ({ field, call, args }))));
}

/** Letters that no other case has: what one run has learned to hide, another one in this process hides too. */
function canaryNumber(number: number): string {
  const letters = [...String(number).padStart(6, "0")].map((digit) => String.fromCharCode(107 + Number(digit)));
  return `canary${letters.join("")}`;
}

async function runCase({ field, call, args }: Case, aws: Standin, number: number): Promise<readonly string[]> {
  const { value, needle } = fillCanary(field.value, canaryNumber(number));
  const tree = Object.entries(field.render(call)).map(([path, text]) => [`${REPO}/${path}`, text]);
  const { path, text } = await session;
  const files = {
    ...Object.fromEntries(tree),
    "/home/me/canary.txt": value,
    [`/home/me/${path}`]: text,
  };
  const stdin = args[0] === "docker-credential" ? HOST : undefined;
  const given = {
    args,
    files,
    env: call.startsWith("!env") ? { CANARY: value } : {},
    url: aws.url,
    ...(stdin === undefined ? {} : { stdin }),
  };
  const left = await runWithCanary(given);
  const ways = ["printed", "sent", "started", "written"] as const satisfies readonly (keyof Left)[];
  return ways.filter((way) => left[way].includes(needle));
}

const session = sessionFile({
  startUrl: "https://corp.awsapps.com/start",
  region: "us-east-2",
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
});

Deno.test("a value from beyond the tree, in every field, with every command: it goes nowhere", async () => {
  await using aws = await startStandin();
  const cases = await listCases();
  const found: string[] = [];
  const outcomes = new Outcomes();
  for (const number of sampled(cases.length, { step: 53, of: 0 })) {
    const one = cases[number - 1]!;
    const ways = await runCase(one, aws, number);
    outcomes.add(ways.length === 0 ? "kept to itself" : "leaked");
    if (ways.length > 0) {
      found.push(`${one.field.name} | ${one.call} | atmos ${one.args.join(" ")} | ${ways.join(", ")}`);
    }
  }
  equal(found.join("\n"), "");
  ok(outcomes.counts["kept to itself"]! > 100);
  reportRow({ fault: "a value from beyond the tree", tried: "every command", outcomes: outcomes.counts });
});
