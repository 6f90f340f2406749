import { testCases } from "../support/runs/doctor_case.ts";
import { logIn, SSO_ROLE } from "../support/runs/doctor_identity.ts";
import { viewer } from "../support/runs/doctor_world.ts";
import { ACCOUNT, SESSION_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/dev`;
const UNKNOWN = ["failure", /does not recognize the principal of the token \(401 Unauthorized\)/] as const;
const create = (arn: string) =>
  new RegExp(
    `^aws eks create-access-entry --cluster-name dev-cluster --region us-east-2 --principal-arn ${arn} && ` +
      `aws eks associate-access-policy .*--principal-arn ${arn} --policy-arn \\S+/AmazonEKSViewPolicy `,
    "m",
  );
/** A session of a permission set, with keys in the environment. */
const SSO_KEY: StandinKey = {
  ...SESSION_KEY,
  accessKeyId: "ASIASSOSESSION7EXAMP",
  principal: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/dev@example.com`,
};
const OTHERS = [viewer(`arn:aws:iam::${ACCOUNT}:role/ops`), viewer("arn:aws:iam::210987654321:role/dev")];

testCases({
  "401: a user without an access entry": {
    aws: { accessEntries: OTHERS },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: ["failure", /no access entry for arn:aws:iam::123456789012:user\/dev/, create(USER_KEY.principal)],
      authorization: ["skipped", /does not recognize/],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: a session of a role, which counts as the role": {
    key: SESSION_KEY,
    aws: { accessEntries: OTHERS },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: ["failure", /no access entry for arn:aws:iam::123456789012:role\/dev$/, create(ROLE)],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: a session of a permission set, whose role has a path": {
    key: SSO_KEY,
    aws: { accessEntries: OTHERS, keys: [SSO_KEY] },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: [
        "failure",
        /role\/aws-reserved\/sso\.amazonaws\.com\/AWSReservedSSO_Admin_0123456789abcdef$/,
        /the region of IAM Identity Center belongs into its path: aws iam get-role --role-name AWSReservedSSO_Admin/,
      ],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: a permission set of an identity, whose provider says the path": {
    aws: { sso: {}, accessEntries: OTHERS },
    hasNoEntry: true,
    break: logIn,
    args: ["dev/eks"],
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: ["failure", /no access entry/, create(SSO_ROLE)],
    },
    notFollowed: "no administrator of the cluster has credentials in this shell",
  },
  "401: an access entry of an earlier role of that name": {
    key: SESSION_KEY,
    aws: { accessEntries: [viewer(`arn:aws:iam::${ACCOUNT}:role/teams/dev`, { isStale: true })] },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: [
        "failure",
        /an access entry for \S+role\/teams\/dev, but the cluster does not recognize it/,
        /^aws eks delete-access-entry .*role\/teams\/dev && aws eks create-access-entry /m,
      ],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: the ConfigMap aws-auth alone counts": {
    key: SESSION_KEY,
    cluster: { accessConfig: { authenticationMode: "CONFIG_MAP" } },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: [
        "failure",
        /authenticationMode is CONFIG_MAP/,
        /update-cluster-config .*API_AND_CONFIG_MAP && aws eks wait .*[\s\S]*mapRoles: \[\{rolearn: arn:aws:iam::123456789012:role\/dev,/,
      ],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: both count, and aws-auth is not to be seen": {
    aws: { accessEntries: [] },
    cluster: { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: ["failure", /no access entry/, /aws-auth may still count .*mapUsers: /],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "401: a caller that may not see access entries": {
    aws: { accessEntries: [], mayNotReadAccess: /:user\/dev$/ },
    status: 4,
    steps: {
      authentication: UNKNOWN,
      access: ["failure", /user\/dev may not perform eks:ListAccessEntries/, create(USER_KEY.principal)],
    },
    notFollowed: "the caller may not change access entries either",
  },
  "403: an access entry without a policy": {
    aws: { accessEntries: [viewer(USER_KEY.principal, { policies: [] })] },
    status: 5,
    steps: {
      authentication: ["ok", /user\/dev/],
      access: ["ok", /access entry arn:aws:iam::123456789012:user\/dev/],
      authorization: [
        "failure",
        /has no permissions in namespace "default".*no groups, and its access entry has no policy/,
        /^aws eks associate-access-policy .*--access-scope 'type=namespace,namespaces=default'$/m,
      ],
    },
    isFixed: true,
    programs: ["aws"],
  },
  "403: a user of aws-auth without a role binding": {
    aws: { accessEntries: [] },
    cluster: { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } },
    kube: { bearer: () => ({ username: "dev", groups: ["developers"], mayListPods: false }) },
    status: 5,
    steps: {
      access: ["ok", /not by an access entry/],
      authorization: [
        "failure",
        /user "dev" has groups developers/,
        /^kubectl create rolebinding view-dev --clusterrole=view --user=dev --namespace=default$/m,
      ],
    },
    notFollowed: "the stand-in for a cluster keeps no role bindings",
  },
});
