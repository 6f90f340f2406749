import { type DoctorCase, editEntry, testCases } from "../support/runs/doctor_case.ts";
import { CONFIG, logIn, SSO, withIdentity } from "../support/runs/doctor_identity.ts";
import { addEntry, viewer } from "../support/runs/doctor_world.ts";
import { ACCOUNT, EXPIRED_KEY, keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";

testCases({
  "an identity that is logged in, by its integration": {
    aws: SSO,
    hasNoEntry: true,
    break: logIn,
    args: ["dev/eks"],
    status: 0,
    steps: {
      identity: ["ok", /identity "dev" \(--identity\): sso -> dev; its SSO session expires in /],
      credentials: ["ok", /access key ASIA\S+, expires in /],
      authentication: ["ok", /AWSReservedSSO_Admin/],
    },
  },
  "an identity that is not logged in": {
    aws: SSO,
    hasNoEntry: true,
    break: (world) => withIdentity(world),
    args: ["dev/eks"],
    status: 4,
    steps: {
      identity: ["ok", /identity "dev" \(of integration "dev\/eks"\)/],
      credentials: ["failure", /Cannot use identity "dev": it is not logged in/, /^atmos auth login dev$/m],
      kubeconfig: ["failure", /missing/, /^atmos aws eks update-kubeconfig dev\/eks$/m],
    },
    isFixed: true,
  },
  "a session that was ended": {
    aws: SSO,
    hasNoEntry: true,
    async break(world) {
      await logIn(world);
      world.aws.logins.accessTokens.clear();
      world.aws.logins.refreshTokens.clear();
      const [path] = world.home.files().filter((one) => /aws\/sso\/credentials$/.test(one));
      Deno.removeSync(world.home.at(path!));
    },
    args: ["dev/eks"],
    status: 4,
    steps: { credentials: ["failure", /identity "dev"|SSO session/, /^atmos auth login dev$/m] },
    isFixed: true,
  },
  "a server that atmos.yaml says, and not EKS": {
    aws: SSO,
    hasNoEntry: true,
    cluster: { endpoint: "https://ELSEWHERE0123456789.gr7.us-east-2.eks.amazonaws.com" },
    async break(world) {
      const authority = btoa(Deno.readTextFileSync(world.authority.caPath));
      const server = `alias: dev, endpoint: "${world.kube.url}", certificate_authority_data: ${authority}`;
      await logIn(world, CONFIG.replace("alias: dev", server));
    },
    status: 0,
    steps: {
      entry: ["ok", /as in atmos\.yaml: https:\/\/127\.0\.0\.1/],
      authentication: ["ok", /AWSReservedSSO_Admin/],
    },
  },
  "an identity of the entry that is gone from atmos.yaml": {
    aws: SSO,
    hasNoEntry: true,
    async break(world) {
      await logIn(world);
      world.home.write(
        "repo/atmos.yaml",
        CONFIG.replaceAll("identity: dev", "identity: ops").replace("    dev:", "    ops:"),
      );
    },
    status: 3,
    steps: { identity: ["failure", /Cannot use identity "dev": there is no identity/, /atmos auth list/] },
  },
  "a mistake in atmos.yaml": {
    aws: SSO,
    hasNoEntry: true,
    async break(world) {
      await logIn(world);
      world.home.write("repo/atmos.yaml", CONFIG.replace("principal: {name:", "principal: {nmae:"));
    },
    status: 3,
    steps: {
      configuration: [
        "failure",
        /atmos\.yaml:\d+:\d+: auth\.identities\.dev\.principal\.n\w+: /,
        /atmos auth validate/,
      ],
      identity: ["failure", /Cannot use identity "dev"/],
    },
  },
  "a setting that is not trusted": {
    aws: SSO,
    hasNoEntry: true,
    async break(world) {
      await logIn(world);
      world.variables["ATMOS_TRUST"] = "0";
    },
    status: 3,
    steps: {
      trust: [
        "failure",
        /atmos\.yaml:2:\d+: auth\.realm: it .*, and is not trusted/,
        /^atmos auth trust .*--config \S+$/m,
      ],
      credentials: ["failure", /Cannot use auth\.realm/],
    },
    notFollowed: "it asks at a terminal",
  },
  "keys that have expired": {
    key: USER_KEY,
    break({ variables }) {
      variables["AWS_ACCESS_KEY_ID"] = EXPIRED_KEY.accessKeyId;
      variables["AWS_SECRET_ACCESS_KEY"] = EXPIRED_KEY.secretAccessKey;
      variables["AWS_SESSION_TOKEN"] = EXPIRED_KEY.sessionToken!;
    },
    status: 4,
    steps: {
      caller: [
        "failure",
        /the AWS credentials have expired; credentials: access key ASIAEXPIRED\w+ \(AWS_ACCESS_KEY_ID\)/,
      ],
      cluster: ["failure", /the AWS credentials have expired/],
      authentication: ["failure", /401/],
      access: ["skipped", /the principal of the token is unknown/],
    },
  },
  "no credentials at all": {
    break({ variables }) {
      delete variables["AWS_ACCESS_KEY_ID"];
      delete variables["AWS_SECRET_ACCESS_KEY"];
    },
    status: 4,
    steps: {
      credentials: ["failure", /Cannot find AWS credentials/],
      server: ["ok", /Kubernetes at https:/],
      token: ["skipped", /there are no credentials/],
    },
  },
  "an entry that runs aws, and an identity of atmos.yaml that it does not know": {
    aws: SSO,
    hasNoEntry: true,
    async break(world) {
      world.home.write("bin/aws", "#!/bin/sh\necho aws-cli/2.20.0 Python/3.6\n", 0o755);
      await logIn(world, CONFIG.replace(", exec_command: atmos", ""));
    },
    args: ["dev/eks"],
    status: 4,
    steps: {
      plugin: ["ok", /runs \S+\/bin\/aws \(aws-cli 2\.20\.0\)/],
      credentials: [
        "failure",
        /Cannot find AWS credentials/,
        /update-kubeconfig dev\/eks --exec-command atmos\n.*atmos auth env/,
      ],
    },
    isFixed: true,
  },
  "a profile that is not there": {
    args: ["--profile", "gone"],
    status: 2,
    steps: { credentials: ["failure", /profile "gone"/] },
  },
  "a plugin's own variables": {
    aws: { accessEntries: [viewer(`arn:aws:iam::${ACCOUNT}:role/dev`)] },
    break(world) {
      const { accessKeyId, secretAccessKey, sessionToken } = SESSION_KEY;
      const env = {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      };
      const items = Object.entries(env).map(([name, value]) => `{name: ${name}, value: "${value}"}`).join(", ");
      editEntry(world, /^( +)provideClusterInfo:/m, `$1env: [${items}]\n$1provideClusterInfo:`);
    },
    status: 0,
    steps: {
      plugin: ["ok", /with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN/],
      caller: ["ok", /^arn:aws:sts::123456789012:assumed-role\/dev\/session$/],
    },
  },
  "AWS out of reach": {
    break: ({ variables }) => void (variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"),
    status: 7,
    steps: {
      caller: ["failure", /Cannot .*127\.0\.0\.1/],
      clock: ["skipped", /no AWS response/],
      cluster: ["failure", /Cannot /],
      server: ["ok", /Kubernetes/],
    },
  },
  "a clock that is an hour off": {
    break({ aws, variables }) {
      aws.setSkew(3_600_000);
      variables["AWS_MAX_ATTEMPTS"] = "3";
    },
    status: 4,
    steps: {
      clock: ["failure", /this machine's clock says \S+, AWS's says \S+/, /set-ntp|sntp|w32tm/],
      authentication: ["failure", /401/],
      access: ["skipped", /clock explains it/],
    },
    notFollowed: "it sets the clock of this machine",
  },
  "a cluster that the caller may not describe": {
    key: SESSION_KEY,
    aws: { mayNotDescribe: /:user\/dev$/, accessEntries: [viewer(USER_KEY.principal)] },
    break: ({ variables }) => void Object.assign(variables, keyEnv(USER_KEY), { AWS_SESSION_TOKEN: "" }),
    status: 0,
    steps: {
      cluster: ["warning", /user\/dev may not perform eks:DescribeCluster.*the entry cannot be compared/],
      entry: ["skipped", /EKS does not say/],
      authentication: ["ok", /user\/dev/],
    },
  },
  "a cluster that EKS does not confirm, in a kubeconfig of the working tree": {
    key: SESSION_KEY,
    aws: { mayNotDescribe: /:user\/dev$/, accessEntries: [viewer(USER_KEY.principal)] },
    break({ home, variables }) {
      variables["KUBECONFIG"] = home.write("repo/kubeconfig", home.read(".kube/config")!, 0o600);
      Object.assign(variables, keyEnv(USER_KEY), { AWS_SESSION_TOKEN: "" });
    },
    status: 0,
    steps: {
      cluster: ["warning", /may not perform eks:DescribeCluster/],
      server: ["skipped", /no kubeconfig of your own/],
      authentication: ["skipped", /not reached/],
    },
  },
  "keys of the environment, which win over the entry's profile": {
    break(world) {
      const { accessKeyId, secretAccessKey } = USER_KEY;
      world.home.write(".aws/config", "[profile prod]\nregion = us-east-2\n");
      world.home.write(
        ".aws/credentials",
        `[prod]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
      editEntry(world, /^( +)provideClusterInfo:/m, "$1env: [{name: AWS_PROFILE, value: prod}]\n$1provideClusterInfo:");
    },
    status: 0,
    steps: {
      identity: [
        "warning",
        /\(AWS_ACCESS_KEY_ID\), and not the entry's AWS profile "prod"/,
        /^unset AWS_ACCESS_KEY_ID /m,
      ],
    },
    isFixed: true,
  },
  "a kubeconfig of the working tree, whose plugin would ask another AWS as another role": {
    break(world) {
      const { home, variables } = world;
      const entry = home.read(".kube/config")!
        .replace(
          /^( +)provideClusterInfo:/m,
          '$1env: [{name: AWS_ENDPOINT_URL, value: "http://127.0.0.1:1"}]\n$1provideClusterInfo:',
        )
        .replace(/^( +)- --no-identity$/m, `$1- --no-identity\n$1- --role-arn=arn:aws:iam::${ACCOUNT}:role/other`);
      variables["KUBECONFIG"] = home.write("repo/kubeconfig", entry, 0o600);
    },
    status: 0,
    steps: {
      identity: ["warning", /given AWS_ENDPOINT_URL, which .* is not used here/, /--profile NAME/],
      caller: ["skipped", /the principal of the token is unknown|no identity or AWS profile/],
      role: ["skipped", /there are no credentials/],
      server: ["skipped", /no kubeconfig of your own does/],
    },
  },
  "a kubeconfig of the working tree, whose plugin would take another role": {
    break(world) {
      const entry = world.home.read(".kube/config")!
        .replace(/^( +)- --no-identity$/m, `$1- --no-identity\n$1- --role-arn=arn:aws:iam::${ACCOUNT}:role/other`);
      world.variables["KUBECONFIG"] = world.home.write("repo/kubeconfig", entry, 0o600);
    },
    status: 0,
    steps: {
      caller: ["ok", /user\/dev$/],
      role: ["skipped", /a kubeconfig in a working tree names it/],
      server: ["ok", /Kubernetes/],
      authentication: ["skipped", /there is no token/],
    },
  },
  ...Object.fromEntries(
    [".kube/config", "downloads/kubeconfig", "repo/kubeconfig"].map((path): [string, DoctorCase] => [
      `a program for credentials, in a file that variables of ${path} name`,
      {
        break(world) {
          const { home, variables } = world;
          home.write("repo/aws", `[default]\ncredential_process = touch ${home.at("started")}\n`);
          editEntry(
            world,
            /^( +)provideClusterInfo:/m,
            `$1env: [{name: AWS_CONFIG_FILE, value: ${home.at("repo/aws")}}, {name: AWS_PROFILE, value: default}]\n` +
              "$1provideClusterInfo:",
          );
          variables["KUBECONFIG"] = home.write(path, home.read(".kube/config")!, 0o600);
        },
        status: 0,
        steps: {
          identity: ["warning", /given AWS_CONFIG_FILE, which/],
          credentials: ["skipped", /no identity or AWS profile/],
          token: ["skipped", /there are no credentials/],
        },
      },
    ]),
  ),
  "a kubeconfig that was downloaded, of a cluster that EKS does not confirm": {
    break(world) {
      const { home, variables, aws } = world;
      variables["KUBECONFIG"] = home.write("downloads/kubeconfig", home.read(".kube/config")!, 0o600);
      aws.clusters.length = 0;
    },
    status: 5,
    steps: {
      cluster: ["failure", /no such cluster/],
      server: ["skipped", /no kubeconfig of your own does/],
      authentication: ["skipped", /not reached|no token/],
    },
  },
  "a role of the plugin that may not be assumed": {
    aws: { roles: { [`arn:aws:iam::${ACCOUNT}:role/other`]: { closed: true } } },
    hasNoEntry: true,
    break: (world) => addEntry(world, ["--role-arn", `arn:aws:iam::${ACCOUNT}:role/other`]),
    status: 5,
    steps: {
      role: ["failure", /Cannot assume role "arn:aws:iam::123456789012:role\/other"/],
      token: ["skipped", /there are no credentials/],
    },
  },
});
