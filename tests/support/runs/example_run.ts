import { type CanaryJob, canaryJob } from "../canary/github_job.ts";
import { atmosStart } from "../atmos/run_atmos.ts";
import { type KubeStandin, startKube } from "../kube_api/kube_standin.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";
import { type SamlIdp, startIdp } from "../saml/idp.ts";
import { simpleSaml } from "../saml/idp_pages.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { cluster } from "../standin/clusters.ts";
import { makeAuthority } from "../standin/tls.ts";
import type { StandinOptions } from "../standin/world.ts";

/** Its commands are covered by the tests of each. */
const START = atmosStart({ isMeasured: false });

/** What the user of every example has: one permission set in one account. */
const SSO = {
  accounts: [{ id: "123456789012", name: "dev", email: "dev@example.com", roles: ["AdministratorAccess"] }],
};

export interface ExampleCluster {
  readonly name: string;
  readonly account: string;
  readonly region?: string;
}

/** A home with a copy of an example's folder, an AWS with its clusters, and `atmos` on PATH. */
export interface ExampleWorld extends AsyncDisposable {
  readonly aws: Standin;
  readonly home: TempHome;
  /** The API server of each cluster. */
  readonly kubes: Readonly<Record<string, KubeStandin>>;
  /** A job of GitHub Actions. */
  readonly job: CanaryJob;
  /** The login page of a company. */
  readonly idp: SamlIdp;
  /** Puts a program on PATH: a script of the shell. */
  program(name: string, script: string): void;
  /** Runs every `sh` block of the example's README, one shell for all of them, which ends at the first failure. */
  runReadme(env?: Readonly<Record<string, string>>): Promise<ExampleOutcome>;
}

export interface ExampleOutcome {
  readonly status: number;
  /** stdout and stderr, as a terminal shows them. */
  readonly shown: string;
}

/** Returns the world of an example. Needs openssl. Permissions: read, write, run, net (127.0.0.1). */
export async function exampleWorld(
  folder: string,
  { clusters, ...options }: Omit<StandinOptions, "clusters"> & { readonly clusters: readonly ExampleCluster[] },
): Promise<ExampleWorld> {
  const home = tempHome();
  const aws = await startStandin({ sso: SSO, ...options, clusters: [] });
  const kubes = await startKubes({ home, aws, clusters });
  const job = canaryJob({ token: "github.jwt.token", bearer: "bearer" });
  const idp = startIdp([simpleSaml]);
  copyFolder(folder, home.at("repo"));
  const program = (name: string, script: string) => void home.write(`bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
  program("atmos", `exec ${START.words.map((word) => `'${word}'`).join(" ")} "$@"`);
  const readme = Deno.readTextFileSync(`${folder}/README.md`);
  return {
    aws,
    home,
    kubes,
    job,
    idp,
    program,
    runReadme: (env = {}) =>
      run({ script: shellBlocks(readme), cwd: home.at("repo"), env: { ...visit(home, aws), ...env } }),
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(kubes).map((kube) => kube[Symbol.asyncDispose]()));
      await Promise.all([aws.close(), job[Symbol.asyncDispose](), idp[Symbol.asyncDispose]()]);
      await home[Symbol.asyncDispose]();
    },
  };
}

/** A user at a terminal, with nothing set. */
function visit(home: TempHome, aws: Standin): Record<string, string> {
  return {
    ...START.env,
    HOME: home.path,
    PATH: `${home.at("bin")}:/usr/local/bin:/usr/bin:/bin`,
    ATMOS_FORCE_TTY: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: aws.url,
  };
}

interface Clusters {
  readonly home: TempHome;
  readonly aws: Standin;
  readonly clusters: readonly ExampleCluster[];
}

async function startKubes({ home, aws, clusters }: Clusters): Promise<Record<string, KubeStandin>> {
  if (clusters.length === 0) return {};
  Deno.mkdirSync(home.at("tls"));
  const authority = makeAuthority(home.at("tls"));
  if (authority === undefined) throw new Error("openssl is not on PATH");
  const [cert, key, ca] = [authority.certPath, authority.keyPath, authority.caPath].map((path) =>
    Deno.readTextFileSync(path)
  );
  const kubes: Record<string, KubeStandin> = {};
  for (const { name, account, region = "us-east-2" } of clusters) {
    const kube = await startKube({ cluster: name, keys: () => aws.keys, cert: cert!, key: key! });
    kubes[name] = kube;
    const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
    aws.clusters.push(cluster(name, { region, arn, endpoint: kube.url, certificateAuthority: { data: btoa(ca!) } }));
  }
  return kubes;
}

function shellBlocks(markdown: string): string {
  return [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block).join("");
}

async function run(
  { script, cwd, env }: {
    readonly script: string;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<ExampleOutcome> {
  const args = ["-e", "-c", `exec 2>&1 </dev/null\n${script}`];
  const { code, stdout } = await new Deno.Command("bash", { args, cwd, env, clearEnv: true, stderr: "null" }).output();
  return { status: code, shown: new TextDecoder().decode(stdout) };
}

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}
