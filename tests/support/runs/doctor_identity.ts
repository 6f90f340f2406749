import { ACCOUNT } from "../standin/keys.ts";
import { type DoctorWorld, viewer } from "./doctor_world.ts";
import { START_URL } from "./login_run.ts";

/** The role of the permission set, as IAM Identity Center makes it. */
export const SSO_ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/us-east-2/AWSReservedSSO_Admin`;
/** A permission set, and a cluster that is linked to it. */
export const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev:
      kind: aws/permission-set
      default: true
      region: us-east-2
      via: {provider: sso}
      principal: {name: Admin, account: {id: "${ACCOUNT}"}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev, kubeconfig: {path: ~/.kube/config, exec_command: atmos}}}}
`;
/** The role of the permission set may read in the cluster. */
export const SSO = { sso: {}, accessEntries: [viewer(SSO_ROLE)] };

/** A repository with an identity of IAM Identity Center, in place of keys in the environment. */
export function withIdentity({ home, variables }: DoctorWorld, config = CONFIG): void {
  home.write("repo/atmos.yaml", config);
  for (const name of Object.keys(variables)) if (/^AWS_(?:ACCESS|SECRET|SESSION)/.test(name)) delete variables[name];
  Object.assign(variables, { ATMOS_FORCE_TTY: "1", ATMOS_TRUST: "1" });
}

/** The same, after a login that has written the cluster's entry. */
export async function logIn(world: DoctorWorld, config = CONFIG): Promise<void> {
  withIdentity(world, config);
  const { status, stderr } = await world.atmos(["auth", "login", "dev", "--strict"]);
  if (status !== 0) throw new Error(stderr);
}
