import type { IntegrationSpec } from "./registry.ts";
import type { Integration } from "./contract/model.ts";
import type { RunInput, Runner } from "./contract/runner.ts";

/** An integration of some kind, with the identity it is made ready for. */
export type AnyRunInput = Omit<RunInput<IntegrationSpec["kind"]>, "integration"> & {
  readonly integration: Integration;
};

/** Some runner, what it finds unknown to the compiler; what `look` gave goes to `write` of the same one. */
export type AnyRunner = Runner<IntegrationSpec["kind"], unknown>;

type Runners = Readonly<Record<IntegrationSpec["kind"], () => Promise<{ readonly runner: unknown }>>>;

/** From a kind to what makes it ready. A new one is one file and one line. */
const RUNNERS: Runners = {
  "aws/eks": () => import("./eks/runner.ts"),
  "aws/ecr": () => import("./ecr/private_runner.ts"),
  "aws/ecr-public": () => import("./ecr/public_runner.ts"),
};

export async function runnerOf(kind: IntegrationSpec["kind"]): Promise<AnyRunner> {
  // The registry has the runner of that very kind, which the compiler cannot see.
  return (await RUNNERS[kind]()).runner as AnyRunner;
}
