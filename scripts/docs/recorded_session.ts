import { type DocsWorld, docsWorld } from "../../tests/support/docs/docs_world.ts";
import type { ShownCommand } from "./terminal_picture.ts";

const CONFIGURATION = `auth:
  providers:
    company-sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev-admin:
      kind: aws/permission-set
      via: {provider: company-sso}
      principal: {name: AdministratorAccess, account: {id: "123456789012"}}
  integrations:
    dev/eks:
      kind: aws/eks
      via: {identity: dev-admin}
      spec:
        cluster:
          {name: dev-cluster, region: us-east-2, alias: dev, kubeconfig: {path: ~/.kube/config, exec_command: atmos}}
`;

/** Short, and with what a tool that parses and dumps would lose. */
const KUBECONFIG = `# clusters of the platform team
current-context: kind
clusters:
- {name: kind, cluster: {server: "https://127.0.0.1:6443"}}   # make cluster-up
contexts:
- {name: kind, context: {cluster: kind, user: kind, namespace: web}}
users:
- {name: kind, user: {token: "0123"}}
`;

const TYPED = [
  "atmos auth login dev-admin --no-integrations",
  "atmos aws eks update-kubeconfig dev/eks --diff",
  "atmos aws eks update-kubeconfig dev/eks",
  "kubectl get pods",
];

/** A login, the change to a kubeconfig, and kubectl, as they were run against the stand-in. Needs openssl and kubectl. */
export async function recordSession(): Promise<readonly ShownCommand[]> {
  await using world = await docsWorld();
  world.home.write("work/atmos.yaml", CONFIGURATION);
  world.home.write(".kube/config", KUBECONFIG);
  const shown: ShownCommand[] = [];
  for (const typed of TYPED) shown.push({ typed, shown: await run(world, typed) });
  return shown;
}

async function run(world: DocsWorld, line: string): Promise<string> {
  const args = ["-c", `exec 2>&1; ${line}`];
  const { env, cwd } = world;
  const { success, stdout } = await new Deno.Command("sh", { args, clearEnv: true, env, cwd, stdin: "null" }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`${line}: ${text}`);
  return text;
}
