import { equal } from "node:assert/strict";
import { startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import { runEks, UPDATE } from "../support/runs/eks_run.ts";
import { tempHome } from "../support/machine/temp_home.ts";

/** Every evaluation leaves a letter in `runs`. */
const ATMOS = `settings: {counted: !exec printf x >> runs && echo done}
stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{environment}-{stage}"}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-cluster"}}
auth:
  identities:
    runner: {kind: aws/ambient}
    other: {kind: aws/ambient}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: runner}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
    two/eks: {kind: aws/eks, via: {identity: other}, spec: {cluster: {name: two-cluster, region: us-east-2, alias: two}}}
`;
const STACK = `vars: {environment: ue2, stage: dev, region: us-east-2}
components: {terraform: {eks: {vars: {enabled: true}}}}
`;

interface Mode {
  readonly args: readonly string[];
  /** Evaluations of atmos.yaml where something is written; a preview runs no program. */
  readonly reads: 0 | 1;
}

const REGION = ["--region", "us-east-2"];
const MODES: Readonly<Record<string, Mode>> = {
  "a cluster by its name": { args: ["--name", "dev-cluster", ...REGION], reads: 0 },
  "a cluster as an identity": { args: ["--name", "dev-cluster", ...REGION, "--identity", "runner"], reads: 1 },
  "an integration by its bare name": { args: ["dev/eks"], reads: 1 },
  "an integration": { args: ["--integration", "dev/eks"], reads: 1 },
  "an integration as another identity": { args: ["--integration", "dev/eks", "--identity", "other"], reads: 1 },
  "two integrations": { args: ["dev/eks", "two/eks"], reads: 1 },
  "all integrations": { args: ["--all"], reads: 1 },
  "a component of a stack": { args: ["eks", "--stack", "ue2-dev"], reads: 1 },
  "a component of a stack as an identity": { args: ["eks", "-s", "ue2-dev", "--identity", "runner"], reads: 1 },
  "a bare component": { args: ["eks"], reads: 1 },
  "a bare component as an identity": { args: ["eks", "--identity", "runner"], reads: 1 },
};

const FORMS = [[], ["--dry-run"], ["--diff"]] as const;

for (const [what, { args, reads }] of Object.entries(MODES)) {
  Deno.test(`update-kubeconfig evaluates the configuration once: ${what}`, async () => {
    await using aws = await startStandin({ clusters: [cluster("dev-cluster"), cluster("two-cluster")] });
    await Promise.all(FORMS.map(async (form) => {
      using home = tempHome();
      home.write("repo/atmos.yaml", ATMOS);
      home.write("repo/stacks/deploy/dev.yaml", STACK);
      const world = { home, aws, env: { ATMOS_TRUST: "1", PATH: "/usr/bin:/bin" }, options: { cwd: home.at("repo") } };
      const { status, stderr } = await runEks(world, [...UPDATE, ...args, ...form]);
      equal(status, 0, `${form}: ${stderr}`);
      equal(home.read("repo/runs") ?? "", "x".repeat(form.length === 0 ? reads : 0), `${form}: ${stderr}`);
    }));
  });
}
