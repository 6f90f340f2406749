import { runAtmos, type RunOutcome } from "../atmos/run_atmos.ts";
import { hasProgram } from "../machine/has_program.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";
import { type Moto, MOTO_ACCOUNT, startMoto } from "../moto/moto_server.ts";

/** A second account, which a role of the first one's keys leads to. */
export const OTHER_ACCOUNT = "210987654321";

const CONFIG = `auth:
  realm: test
  identities:
    main: {kind: aws/ambient, default: true, principal: {region: us-east-2}}
    other:
      kind: aws/assume-role
      via: {identity: main}
      principal: {assume_role: "arn:aws:iam::${OTHER_ACCOUNT}:role/admin", region: us-west-2}
  integrations:
    prod/eks:
      kind: aws/eks
      via: {identity: other}
      spec: {cluster: {name: prod, region: us-west-2, alias: "{cluster}-{account}"}}
    images:
      kind: aws/ecr
      via: {identity: main}
      spec: {registry: {account_id: "${MOTO_ACCOUNT}", region: us-east-2}}
`;

export interface MotoWorld {
  readonly moto: Moto;
  readonly home: TempHome;
  /** As of a job that has keys of the first account. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `atmos` where an atmos.yaml has both accounts. */
  run(...args: readonly string[]): Promise<RunOutcome>;
  /** Runs another program in the same place; its stdout. Throws unless it ends with status 0. */
  judge(program: string, ...args: readonly string[]): Promise<string>;
}

/** A test against moto, with clusters dev (first account, us-east-2) and prod (second account, us-west-2); skipped where moto is not there. */
export function motoTest(name: string, fn: (world: MotoWorld) => Promise<void>): void {
  Deno.test({
    name: `moto: ${name}`,
    ignore: !hasProgram("moto_server", `moto: ${name}`),
    async fn() {
      await using moto = await startMoto();
      await moto.createCluster({ account: MOTO_ACCOUNT, region: "us-east-2", name: "dev" });
      await moto.createCluster({ account: OTHER_ACCOUNT, region: "us-west-2", name: "prod" });
      using home = tempHome();
      home.write("repo/atmos.yaml", CONFIG);
      const keys = await moto.keysOf(MOTO_ACCOUNT);
      const place = { AWS_ENDPOINT_URL: moto.url, AWS_EC2_METADATA_DISABLED: "true", ATMOS_TRUST: "1" };
      const env = home.env({ PATH: Deno.env.get("PATH") ?? "", ...keys, ...place, ATMOS_IDENTITY: "main" });
      const cwd = home.at("repo");
      await fn({
        ...{ moto, home, env },
        run: (...args) => runAtmos(args, { env, cwd }),
        judge: (program, ...args) => judge({ program, args, env, cwd }),
      });
    },
  });
}

async function judge(
  { program, args, env, cwd }: {
    readonly program: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
  },
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], clearEnv: true, env, cwd })
    .output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${decode(stderr)}`);
  return decode(stdout);
}
