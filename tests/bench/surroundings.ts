import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** A stand-in for AWS, a HOME, and the environment in which both sides of a comparison run. */
export interface Surroundings extends AsyncDisposable {
  readonly home: TempHome;
  readonly env: Readonly<Record<string, string>>;
  /** The words that run `atmos` with these arguments. */
  atmos(...args: readonly string[]): readonly string[];
}

export async function surroundings(): Promise<Surroundings> {
  const standin = await startStandin();
  const home = tempHome();
  return {
    home,
    env: {
      ...runtimeEnv(),
      ...keyEnv(USER_KEY),
      HOME: home.path,
      PATH: Deno.env.get("PATH") ?? "",
      AWS_ENDPOINT_URL: standin.url,
    },
    atmos: (...args) => [...atmosWords(), ...args],
    async [Symbol.asyncDispose]() {
      await standin.close();
      home[Symbol.dispose]();
    },
  };
}

export const UPDATE_KUBECONFIG = [
  "eks",
  "update-kubeconfig",
  "--name",
  "dev-cluster",
  "--region",
  "us-east-2",
] as const;
