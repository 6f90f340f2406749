import { CONFIG } from "../runs/login_run.ts";
import { keyEnv, USER_KEY } from "../standin/keys.ts";
import type { FaultFlow } from "./fault_flow.ts";
import { FAULT_FLOWS } from "./flows.ts";

const ATMOS_YAML = "/home/me/repo/atmos.yaml";
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];

const STACKS = {
  [ATMOS_YAML]: `${CONFIG}stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-cluster"}}
templates: {settings: {enabled: true}}
`,
  "/home/me/repo/stacks/catalog/eks.yaml": "components:\n  terraform:\n    eks:\n      vars: {region: us-east-2}\n",
  "/home/me/repo/stacks/deploy/dev.yaml": `import:
  - catalog/eks
vars:
  stage: dev
  tags: {team: "{{ .vars.stage }}"}
components:
  terraform:
    eks: {settings: {depends_on: {1: {component: vpc}}}}
    vpc: {metadata: {component: eks}, vars: {name: !template "{{ .vars.stage | upper }}"}}
`,
};

const PROFILES = {
  "/home/me/.aws/config": `[default]
region = us-east-2
[profile dev]
region = us-east-2
s3 =
  max_concurrent_requests = 5
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-2
`,
  "/home/me/.aws/credentials": `# mine
[dev]
aws_access_key_id = ${USER_KEY.accessKeyId}
aws_secret_access_key = ${USER_KEY.secretAccessKey}
`,
};

const KEYRING = {
  [ATMOS_YAML]: `auth:
  realm: test
  keyring: {type: file}
  identities: {glass: {kind: aws/user, default: true, credentials: {region: us-east-2}}}
`,
};
const CONFIGURE = ["auth", "user", "configure", "--access-key-id", USER_KEY.accessKeyId, "--secret-access-key-stdin"];

/** Commands that read what those that write do not. */
const READING: readonly FaultFlow[] = [
  { tried: "describe component", args: ["describe", "component", "eks", "-s", "dev"], files: STACKS },
  { tried: "list stacks", args: ["list", "stacks"], files: STACKS },
  {
    tried: "update-kubeconfig, of a component",
    args: ["aws", "eks", "update-kubeconfig", "eks", "-s", "dev", "--dry-run"],
    env: { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" },
    files: STACKS,
  },
  {
    tried: "aws eks token, of a profile",
    args: [...TOKEN, "--no-identity"],
    env: { AWS_PROFILE: "dev" },
    files: PROFILES,
  },
  { tried: "auth validate", args: ["auth", "validate"], files: STACKS },
  {
    tried: "auth configure-aws",
    args: ["auth", "configure-aws"],
    files: { ...PROFILES, [ATMOS_YAML]: CONFIG },
  },
  {
    tried: "auth login, of the keyring",
    args: ["auth", "login"],
    env: { ATMOS_KEYRING_PASSWORD: "correct horse battery" },
    files: KEYRING,
    lines: [USER_KEY.secretAccessKey],
    before: [CONFIGURE],
  },
  {
    tried: "auth env",
    args: ["auth", "env"],
    files: { [ATMOS_YAML]: CONFIG },
    before: [["auth", "login"]],
  },
  {
    tried: "auth status",
    args: ["auth", "status", "--all"],
    files: { [ATMOS_YAML]: CONFIG },
    before: [["auth", "login"]],
  },
];

/** Every command whose files are mutated, with all that it finds on the disk. */
export const READING_FLOWS: readonly FaultFlow[] = [...FAULT_FLOWS, ...READING];
