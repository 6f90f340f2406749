import { editEntry, testCases } from "../support/runs/doctor_case.ts";
import { cluster } from "../support/standin/clusters.ts";

const NAMED = ["--name", "dev-cluster", "--region", "us-east-2"];
const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";
/** The whole user, with the lines of its plugin. */
const USER = /^users:\n[\s\S]*/m;
const user = (exec: string) => `users:\n- name: user-dev-cluster\n  user: ${exec}\n`;
const plugin = (version: string) =>
  `{exec: {apiVersion: client.authentication.k8s.io/${version}, command: atmos, args: ` +
  `[aws, eks, token, --cluster-name, dev-cluster, --region, us-east-2, --no-identity]}}`;
const UPDATE =
  /^atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 .*--kubeconfig \S+\/\.kube\/config/;

testCases({
  "kubectl reads no kubeconfig": {
    hasNoEntry: true,
    args: NAMED,
    status: 6,
    steps: { kubeconfig: ["failure", /kubectl reads \S+\/\.kube\/config: missing/, UPDATE] },
    isFixed: true,
  },
  "a kubeconfig that is cut": {
    break: ({ home }) => void home.write(".kube/config", "apiVersion: v1\nclusters: [\n", 0o600),
    status: 6,
    steps: { kubeconfig: ["failure", /kubectl cannot read \S+: line \d+: /, /Fix the file there/] },
  },
  "a kubeconfig that others may read": {
    break: ({ home }) => Deno.chmodSync(home.at(".kube/config"), 0o644),
    status: 0,
    steps: { kubeconfig: ["warning", /other users .* may read or write/, /^chmod 600 \S+$/m] },
    isFixed: true,
  },
  "an entry in a file that kubectl does not read": {
    break: ({ home }) => {
      home.write(".config/atmos/kube/config", home.read(".kube/config")!, 0o600);
      Deno.removeSync(home.at(".kube/config"));
    },
    status: 6,
    steps: {
      kubeconfig: ["failure", /is in \S+\/atmos\/kube\/config$/, /^export KUBECONFIG=\S+\/atmos\/kube\/config$/m],
    },
    isFixed: true,
  },
  "a current-context that is no context": {
    break: (world) =>
      editEntry(
        world,
        /^current-context: .*/m,
        "current-context: arn:aws:eks:us-east-2:123456789012:cluster/dev-clustr",
      ),
    status: 6,
    steps: { context: ["failure", /current-context ".*clustr" of \S+ is in no file/, /^kubectl config use-context /m] },
    isFixed: true,
    programs: ["kubectl"],
  },
  "no current-context": {
    break: (world) => editEntry(world, /^current-context: .*/m, 'current-context: ""'),
    status: 6,
    steps: { context: ["failure", /no file selects a context/, /^kubectl config use-context /m] },
    isFixed: true,
    programs: ["kubectl"],
  },
  "a context that is asked for and is not there": {
    args: ["dev-clutser"],
    status: 2,
    steps: {
      context: [
        "failure",
        /no context and no EKS integration "dev-clutser"/,
        /Did you mean "arn:\S+dev-cluster"\? Available: arn:/,
      ],
    },
  },
  "a context without its cluster": {
    break: (world) => editEntry(world, /^clusters:\n[\s\S]*?(?=^contexts:)/m, "clusters: []\n"),
    status: 6,
    steps: { context: ["failure", /names cluster "arn:\S+", which no file has/, UPDATE] },
    isFixed: true,
  },
  "a context without its user": {
    break: (world) => editEntry(world, USER, "users: []\n"),
    status: 6,
    steps: { context: ["failure", /names user "user-dev-cluster", which no file has/, UPDATE] },
    isFixed: true,
  },
  "a name that two files use for two clusters": {
    break({ home, variables, kube }) {
      const other = home.read(".kube/config")!.replaceAll(kube.url, "https://127.0.0.1:1");
      home.write("other", other, 0o600);
      variables["KUBECONFIG"] = `${home.at(".kube/config")}:${home.at("other")}`;
    },
    status: 0,
    steps: { context: ["warning", /cluster "arn:\S+" is in several files: \S+\/config counts, \S+\/other does not/] },
  },
  "a user without a plugin": {
    break: (world) => editEntry(world, USER, user("{token: old}")),
    status: 6,
    steps: { plugin: ["failure", /has no credential plugin/, UPDATE] },
    isFixed: true,
  },
  "a plugin in v1alpha1": {
    break: (world) => editEntry(world, USER, user(plugin("v1alpha1"))),
    status: 6,
    steps: { plugin: ["failure", /refuse its apiVersion \S+v1alpha1/, UPDATE] },
    isFixed: true,
  },
  "a plugin in v1 without interactiveMode": {
    break: (world) => editEntry(world, USER, user(plugin("v1"))),
    status: 6,
    steps: { plugin: ["failure", /v1 requires interactiveMode/, UPDATE] },
    isFixed: true,
  },
  "a plugin that is not installed": {
    break(world) {
      editEntry(world, USER, user(plugin("v1beta1").replace("command: atmos", "command: /opt/gone/atmos")));
    },
    status: 6,
    steps: {
      plugin: ["failure", /runs \/opt\/gone\/atmos for a token, which does not exist/, /--exec-command atmos$/m],
    },
    isFixed: true,
  },
  "an AWS CLI of long ago": {
    break(world) {
      world.home.write("bin/aws", "#!/bin/sh\necho aws-cli/1.16.0 Python/3.6\n", 0o755);
      const aws = "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: " +
        "[eks, get-token, --cluster-name, dev-cluster, --region, us-east-2]}}";
      editEntry(world, USER, user(aws));
    },
    status: 6,
    steps: { plugin: ["failure", /aws-cli 1\.16\.0.*v1alpha1/, /Install a later version/] },
  },
  "a token that kubectl prefers to the plugin": {
    break: (world) => editEntry(world, /^ +exec:$/m, "    token: old\n    exec:"),
    status: 0,
    steps: { plugin: ["warning", /also has token, which kubectl uses before the plugin/, UPDATE] },
    isFixed: true,
  },
  "a plugin of another kind": {
    break: (world) =>
      editEntry(world, USER, user("{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: sh}}")),
    status: 0,
    steps: { plugin: ["warning", /which is not known to make EKS tokens/] },
  },
  "a plugin for another cluster": {
    break: (world) => editEntry(world, USER, user(plugin("v1beta1").replace("dev-cluster", "prod-cluster"))),
    status: 6,
    steps: {
      token: ["failure", /makes tokens for cluster "prod-cluster", and the entry is for "dev-cluster"/, UPDATE],
      authentication: ["skipped", /the token is for another cluster/],
    },
    isFixed: true,
  },
  "a plugin for another region": {
    break: (world) => editEntry(world, USER, user(plugin("v1beta1").replace("us-east-2", "us-west-2"))),
    status: 0,
    steps: { token: ["warning", /for sts\.us-west-2\.amazonaws\.com, and the cluster is in us-east-2/, UPDATE] },
    isFixed: true,
  },
  "a server that is the cluster's no more": {
    break: (world) => editEntry(world, /server: .*/, "server: https://OLD.gr7.us-east-2.eks.amazonaws.com"),
    status: 6,
    steps: { entry: ["failure", /its server is https:\/\/OLD\S+, and its plugin makes tokens for/, UPDATE] },
    isFixed: true,
  },
  "an endpoint that has changed": {
    break(world) {
      const old = "https://OLD.gr7.us-east-2.eks.amazonaws.com";
      const text = world.home.read(".kube/config")!.replaceAll(world.kube.url, old);
      world.home.write(".kube/config", text, 0o600);
    },
    status: 6,
    steps: { entry: ["failure", /its server is https:\/\/OLD\S+, and EKS says https:\/\/127/, UPDATE] },
    isFixed: true,
  },
  "a certificate authority that has changed": {
    break: (world) => editEntry(world, /certificate-authority-data: .*/, `certificate-authority-data: ${btoa("old")}`),
    status: 6,
    steps: { entry: ["failure", /its certificate authority is not the one that EKS says/, UPDATE] },
    isFixed: true,
  },
  "a server that is not verified it is": {
    break: (world) => editEntry(world, /certificate-authority-data: .*/, "insecure-skip-tls-verify: true"),
    status: 0,
    steps: { entry: ["warning", /insecure-skip-tls-verify/, UPDATE] },
    isFixed: true,
  },
  "a cluster of another account": {
    break: (world) => {
      const text = world.home.read(".kube/config")!.replaceAll(ARN, ARN.replace("123456789012", "210987654321"));
      world.home.write(".kube/config", text, 0o600);
      world.aws.clusters.length = 0;
    },
    status: 5,
    steps: {
      cluster: [
        "failure",
        /in account 210987654321, but these credentials belong to account 123456789012, which has no cluster of that name/,
      ],
    },
  },
  "a cluster of another account, whose name this one has, too": {
    break: (world) => {
      const text = world.home.read(".kube/config")!.replaceAll(ARN, ARN.replace("123456789012", "210987654321"));
      world.home.write(".kube/config", text, 0o600);
    },
    status: 5,
    steps: {
      cluster: [
        "failure",
        /in account 210987654321, but these credentials belong to account 123456789012, which has a cluster of that name/,
      ],
      entry: ["skipped", /EKS does not say/],
    },
  },
  "a cluster that was deleted": {
    break({ aws }) {
      aws.clusters.length = 0;
      aws.clusters.push(cluster("dev-cluster-2"));
    },
    status: 5,
    steps: { cluster: ["failure", /there is no such cluster in us-east-2/, /Did you mean "dev-cluster-2"/] },
  },
});
