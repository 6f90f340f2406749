import { deepEqual, equal } from "node:assert/strict";
import { outcomeLine, outcomeTable, warningLines } from "../../../../src/cli/provision/outcome_lines.ts";
import { AppError } from "../../../../src/errors.ts";
import type { Integration } from "../../../../src/integrations/contract/model.ts";
import type { IntegrationOutcome } from "../../../../src/integrations/run_integrations.ts";
import type { Ready } from "../../../../src/integrations/contract/runner.ts";

const DEV: Ready = { action: "added", target: "dev-cluster", name: "dev", path: "/k" };
const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const DENIED = new AppError("aws-denied", "Cannot describe it: no", { hint: "Ask for it." });
const STOPPED = new AppError("interrupted", "Cannot make it ready: it was interrupted");

function outcome(name: string, result: Ready | AppError, kind = "aws/eks"): IntegrationOutcome {
  return { integration: { name, kind } as Integration, identity: "dev", result, ms: 1234 };
}

Deno.test("a line says where it is, and nothing twice", () => {
  equal(outcomeLine(outcome("a", DEV), DEV), "a: added dev-cluster as dev in /k (1.2 s)");
  const same = { ...DEV, name: "dev-cluster" };
  equal(outcomeLine(outcome("a", same), same), "a: added dev-cluster in /k (1.2 s)");
});

const ALL = [
  outcome("dev/eks", DEV),
  outcome("same/eks", { ...DEV, name: "dev-cluster" }),
  outcome("dev/ecr", { ...DEV, target: REGISTRY, name: REGISTRY }, "aws/ecr"),
  outcome("bad/eks", DENIED),
  outcome("late/eks", STOPPED),
];

Deno.test("a table: a registry has no context, what was interrupted has not failed", () => {
  deepEqual(outcomeTable(ALL, 120), [
    "  INTEGRATION  TARGET                                        CONTEXT      RESULT       TIME",
    "  dev/eks      dev-cluster                                   dev          added        1.2 s",
    "  same/eks     dev-cluster                                   dev-cluster  added        1.2 s",
    `  dev/ecr      ${REGISTRY}  -            added        1.2 s`,
    "  bad/eks      -                                             -            failed       1.2 s",
    "  late/eks     -                                             -            interrupted  1.2 s",
  ]);
});

Deno.test("on a screen that is too narrow for the table each has lines of its own", () => {
  const widest = "  dev/eks      dev-cluster  dev      added   1.2 s".length;
  const one = [outcome("dev/eks", DEV)];
  equal(outcomeTable(one, widest + 1)[0]!.startsWith("  INTEGRATION"), true);
  deepEqual(outcomeTable(one, widest), ["  dev/eks: added (1.2 s)", "    dev-cluster as dev"]);
  deepEqual(outcomeTable(ALL, 40), [
    "  dev/eks: added (1.2 s)",
    "    dev-cluster as dev",
    "  same/eks: added (1.2 s)",
    "    dev-cluster",
    "  dev/ecr: added (1.2 s)",
    `    ${REGISTRY}`,
    "  bad/eks: failed (1.2 s)",
    "  late/eks: interrupted (1.2 s)",
  ]);
});

Deno.test("what failed alike is one warning; who pressed Ctrl-C needs none", () => {
  const place = { file: "/k", line: 2, column: 3 };
  const broken = (name: string) => outcome(name, new AppError("kubeconfig-merge", "Cannot edit it", { place }));
  const alike = ["a", "b", "c", "d", "e"].map(broken);
  deepEqual(warningLines({}, [outcome("dev", DEV), ...alike, outcome("x", DENIED), outcome("y", STOPPED)]), [
    "Warning: a, b, c and 2 more: /k:2:3: Cannot edit it",
    "Warning: x: Cannot describe it: no",
    "Hint: Ask for it.",
  ]);
  deepEqual(warningLines({}, alike.slice(0, 3)), ["Warning: a, b, c: /k:2:3: Cannot edit it"]);
});
