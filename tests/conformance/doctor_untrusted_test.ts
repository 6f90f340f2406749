import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { memoryAtmos } from "../support/atmos/memory_atmos.ts";
import type { NetRequest } from "../../src/host/host.ts";
import type { Answer } from "../support/host/fake_host.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
const CALLER = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/dev</Arn>
<UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** A kubeconfig that acts as one of the user's own profiles. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{name: "${ARN}", cluster: {server: "https://127.0.0.1:1"}}]
users:
- name: dev
  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token, --cluster-name, dev-cluster, --region, us-east-2], env: [{name: AWS_PROFILE, value: prod}]}}
contexts: [{name: dev, context: {cluster: "${ARN}", user: dev}}]
`;

async function examine(cluster: string, env: Readonly<Record<string, string>> = {}) {
  const sent: NetRequest[] = [];
  const answer: Answer = (request) => {
    sent.push(request);
    const body = request.url.includes("sts.") ? CALLER : "{}";
    return { status: request.url.includes("sts.") ? 200 : 403, headers: {}, body: new TextEncoder().encode(body) };
  };
  const run = await memoryAtmos(["aws", "eks", "doctor", "dev/eks", "--output", "json"], {
    files: {
      "/home/me/repo/atmos.yaml": `auth:
  identities: {dev: {kind: aws/ambient}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {${cluster}}}}
`,
      "/home/me/repo/kube/config": KUBECONFIG,
      "/home/me/secret": "secret-of-a-file",
      "/home/me/.aws/credentials": "[prod]\naws_access_key_id = AKIAPROD\naws_secret_access_key = s\n",
    },
    env: {
      ...{ AWS_ACCESS_KEY_ID: "AKIADEFAULT", AWS_SECRET_ACCESS_KEY: "s", AWS_REGION: "us-east-1" },
      ...{ TOKEN: "token-of-the-user", AWS_MAX_ATTEMPTS: "1", ...env },
    },
    net: Array.from({ length: 40 }, () => answer),
  });
  if (run.out === "") throw new Error(run.err);
  const steps: readonly { readonly id: string; readonly state: string; readonly found: string }[] =
    JSON.parse(run.out).steps;
  return { ...run, sent, step: (id: string) => steps.find((one) => one.id === id) };
}

/** Whatever is of the integration alone. */
const OF_CLUSTER = ["kubeconfig", "context", "plugin", "cluster", "entry", "token", "dns", "server", "access"];

for (
  const [what, cluster] of Object.entries({
    "a name from a variable": "name: !env TOKEN, region: us-east-2",
    "a name from a file of the user's": "name: !include ../secret, region: us-east-2",
    "a region from a variable": "name: dev-cluster, region: !env OTHER",
    "a kubeconfig of the repository": "name: dev-cluster, region: us-east-2, kubeconfig: {path: ./kube/config}",
    "a server of its own":
      "name: dev-cluster, region: us-east-2, endpoint: 'https://a.example', certificate_authority_data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=",
  })
) {
  Deno.test(`an integration that is not trusted, ${what}: nothing of it is used`, async () => {
    const { step, sent, out } = await examine(cluster, { OTHER: "us-gov-west-1" });
    equal(step("trust")?.state, "failure");
    match(step("trust")!.found, /auth\.integrations.*not trusted/);
    for (const id of OF_CLUSTER) {
      equal(step(id)?.state, "skipped", id);
      equal(step(id)!.found, 'integration "dev/eks" has settings that are not trusted');
    }
    equal(step("caller")?.state, "ok", out);
    deepEqual(sent.filter(({ url }) => !url.includes("sts.us-east-1.")), []);
    doesNotMatch(JSON.stringify(sent), /AKIAPROD|us-gov-west-1|token-of|secret-of/);
    doesNotMatch(out, /KUBECONFIG=|token-of|secret-of/);
  });
}

Deno.test("an integration that is trusted: its kubeconfig is read, and its cluster is asked about", async () => {
  const cluster = "name: dev-cluster, region: us-east-2, kubeconfig: {path: ./kube/config}";
  const { step, sent } = await examine(cluster, { ATMOS_TRUST: "1" });
  equal(step("trust")?.state, "ok");
  match(step("kubeconfig")!.found, /kube\/config/);
  equal(sent.some(({ url }) => url.includes("eks.us-east-2")), true);
});
