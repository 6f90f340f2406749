import { atmosStart } from "../atmos/run_atmos.ts";
import { type KubeStandin, startKube } from "../kube_api/kube_standin.ts";
import { hasProgram } from "../machine/has_program.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { cluster, type StandinCluster } from "../standin/clusters.ts";
import { ACCOUNT, USER_KEY } from "../standin/keys.ts";
import { makeAuthority, type TestAuthority } from "../standin/tls.ts";

const PROD = "210987654321";
const ROLES = ["AdministratorAccess", "ReadOnlyAccess"];
const REGIONS = ["us-east-1", "us-east-2", "us-west-2"];

const SERVED: readonly StandinCluster[] = [
  cluster("dev-cluster"),
  cluster("prod-cluster", { region: "us-west-2", arn: `arn:aws:eks:us-west-2:${PROD}:cluster/prod-cluster` }),
];

/** Programs of others that the pages start; what they would do is no matter of the pages. */
const STUBS = ["aws", "docker", "helm", "terraform", "eksctl"];

/** The company of the documentation: its AWS, its clusters, and a user's HOME with an AWS profile. */
export interface DocsWorld extends AsyncDisposable {
  readonly home: TempHome;
  /** The variables of the user's shell, in which `atmos` is this program. */
  readonly env: Readonly<Record<string, string>>;
  /** The user's directory, which is empty. */
  readonly cwd: string;
}

/** Needs openssl. Without kubectl, that is a stub as well. */
export async function docsWorld(): Promise<DocsWorld> {
  const home = tempHome();
  const aws = await startStandin({
    sso: {
      accounts: [
        { id: ACCOUNT, name: "dev", email: "dev@example.com", roles: ROLES },
        { id: PROD, name: "prod", email: "prod@example.com", roles: ROLES },
      ],
    },
    clusters: [cluster("staging-cluster")],
    enabledRegions: { [ACCOUNT]: REGIONS, [PROD]: REGIONS },
  });
  const served = await serveClusters(home, aws);
  const atmos = atmosStart({ isMeasured: false });
  const hasKubectl = hasProgram("kubectl", "kubectl in commands of the documentation");
  writePrograms(home, atmos.words, hasKubectl ? STUBS : [...STUBS, "kubectl"]);
  const keys = `aws_access_key_id = ${USER_KEY.accessKeyId}\naws_secret_access_key = ${USER_KEY.secretAccessKey}\n`;
  home.write(".aws/credentials", `[default]\n${keys}[dev]\n${keys}`);
  home.write("work/.keep", "");
  return {
    home,
    cwd: home.at("work"),
    env: {
      ...atmos.env,
      HOME: home.path,
      PATH: `${home.at("bin")}:/usr/local/bin:/usr/bin:/bin`,
      // A user who confirms each login.
      ATMOS_FORCE_TTY: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: aws.url,
    },
    async [Symbol.asyncDispose]() {
      for (const kube of served) await kube[Symbol.asyncDispose]();
      await aws.close();
      await home[Symbol.asyncDispose]();
    },
  };
}

/** Serves a cluster, and adds it to AWS with that endpoint and authority. */
async function serveCluster({ aws, authority }: ServeInput, described: StandinCluster): Promise<KubeStandin> {
  const [cert = "", key = "", ca = ""] = [authority.certPath, authority.keyPath, authority.caPath]
    .map((path) => Deno.readTextFileSync(path));
  const kube = await startKube({ cluster: described.name, keys: () => aws.keys, cert, key });
  aws.clusters.push({ ...described, endpoint: kube.url, certificateAuthority: { data: btoa(ca) } });
  return kube;
}

interface ServeInput {
  readonly aws: Standin;
  readonly authority: TestAuthority;
}

/** Starts the API servers of clusters. */
async function serveClusters(home: TempHome, aws: Standin): Promise<readonly KubeStandin[]> {
  Deno.mkdirSync(home.at("tls"));
  const authority = makeAuthority(home.at("tls"));
  if (authority === undefined) throw new Error("openssl is not on PATH");
  return await Promise.all(SERVED.map((described) => serveCluster({ aws, authority }, described)));
}

function writePrograms(home: TempHome, words: readonly string[], stubs: readonly string[]): void {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  home.write("bin/atmos", `#!/bin/sh\nexec ${quoted} "$@"\n`, 0o755);
  for (const name of stubs) home.write(`bin/${name}`, "#!/bin/sh\n", 0o755);
}
