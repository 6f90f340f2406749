import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, loginWorld } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { growthRow } from "./growth_row.ts";
import type { Candidate } from "./measure.ts";
import type { Bench } from "./row.ts";

const FEW = 60;

/** A login after every `user_alias` of many linked clusters has changed: each user in the kubeconfig gets another name. */
export const bench: Bench = {
  name: "growth-renames",
  async run() {
    await using none = await linkedWorld(1);
    await using few = await linkedWorld(FEW);
    await using many = await linkedWorld(FEW * 10);
    const row = await growthRow({
      work: `a login that renames ${FEW * 10} users, to ${FEW}`,
      runs: 3,
      candidates: {
        none: renaming(none, 1),
        few: renaming(few, FEW),
        many: renaming(many, FEW * 10),
      },
    });
    return [row];
  },
};

async function linkedWorld(count: number): Promise<LoginWorld> {
  const clusters = Array.from({ length: count }, (_, at) => cluster(`cluster-${at}`));
  const world = await loginWorld({ config: configOf(count, 0), clusters });
  await world.run(["auth", "login"]);
  return world;
}

function renaming(world: LoginWorld, count: number): Candidate {
  let times = 0;
  const env = { ...runtimeEnv(), ...world.env({ ATMOS_FORCE_TTY: "" }) };
  const words = [...atmosWords(), "--chdir", world.home.at("repo"), "auth", "login", "--strict"];
  return { words, env, before: () => void world.home.write("repo/atmos.yaml", configOf(count, ++times)) };
}

function configOf(count: number, version: number): string {
  const integrations = Array.from(
    { length: count },
    (_, at) =>
      `    cluster-${at}/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: cluster-${at}, ` +
      `region: us-east-2, alias: alias-${at}, user_alias: user-${at}-${version}}}}\n`,
  );
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://corp.awsapps.com/start"}
  identities:
    dev:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
  integrations:
${integrations.join("")}`;
}
