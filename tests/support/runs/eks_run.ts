import { runAtmos, type RunOptions, type RunOutcome } from "../atmos/run_atmos.ts";
import type { Standin } from "../standin/aws_standin.ts";
import { keyEnv, type StandinKey, USER_KEY } from "../standin/keys.ts";
import type { TempHome } from "../machine/temp_home.ts";

export interface EksWorld {
  readonly home: TempHome;
  readonly aws?: Standin;
  readonly key?: StandinKey;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: RunOptions;
}

export const UPDATE = ["aws", "eks", "update-kubeconfig"] as const;
export const DEV = [...UPDATE, "--name", "dev-cluster", "--region", "us-east-2"] as const;

/** Runs atmos in a home of its own against the stand-in, with keys in the environment and nothing else. */
export function runEks(world: EksWorld, args: readonly string[]): Promise<RunOutcome> {
  return runAtmos(args, { ...world.options, env: eksEnv(world) });
}

export function eksEnv({ home, aws, key = USER_KEY, env }: EksWorld): Record<string, string> {
  return home.env({
    ...keyEnv(key),
    AWS_EC2_METADATA_DISABLED: "true",
    PATH: "/nowhere",
    ...(aws === undefined ? {} : { AWS_ENDPOINT_URL: aws.url }),
    ...env,
  });
}
