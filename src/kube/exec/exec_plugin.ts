/** kubectl's credential plugin. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export interface ExecPlugin {
  readonly apiVersion: "client.authentication.k8s.io/v1beta1";
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Whether it refuses to make tokens for another server than that of its entry. */
  readonly hasEndpointPin?: true;
}

export interface ExecPluginInput {
  readonly clusterName: string;
  readonly region: string;
  /** Of a local cluster on an Outpost, which is known by its id. */
  readonly clusterId?: string;
  /** The role that the token is for. */
  readonly roleArn?: string;
  /** The AWS profile whose credentials make the token. */
  readonly profile?: string;
  /** The identity of atmos.yaml whose credentials make the token; only this program knows identities. */
  readonly identity?: string;
  /** The account of that identity: this program makes no token with credentials of another one. */
  readonly account?: string | undefined;
  /** How this program finds that atmos.yaml from any directory: `--config` and so on. */
  readonly configFlags?: readonly string[];
  /** Says `--output json`: for users whose AWS CLI is set to another output, which kubectl could not read. */
  readonly saysJson?: boolean;
}

/** How this program is started: the binary alone, or deno with its flags and main.ts. */
interface SelfCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What makes the AWS CLI print JSON whatever it is set to. */
export const JSON_OUTPUT: readonly string[] = ["--output", "json"];

const API_VERSION = "client.authentication.k8s.io/v1beta1";

/** The AWS CLI as plugin, as `aws eks update-kubeconfig` registers it. */
export function awsPlugin(input: ExecPluginInput): ExecPlugin {
  const output = input.saysJson ? JSON_OUTPUT : [];
  return plugin({ command: "aws", args: ["eks", "get-token", ...target(input), ...output], input });
}

/**
 * This program as plugin: an absolute path, and whose credentials it takes in so many words, so that it does the same in
 * any directory, whatever atmos.yaml lies there.
 */
export function atmosPlugin(input: ExecPluginInput, self: SelfCommand): ExecPlugin {
  const identity = input.identity === undefined ? ["--no-identity"] : [`--identity=${input.identity}`];
  const account = input.account === undefined ? [] : ["--account", input.account];
  const args = ["aws", "eks", "token", ...target(input), ...identity, ...account, ...input.configFlags ?? []];
  return { ...plugin({ command: self.command, args: [...self.args, ...args], input }), hasEndpointPin: true };
}

function target(input: ExecPluginInput): string[] {
  const cluster = input.clusterId === undefined
    ? ["--cluster-name", input.clusterName]
    : ["--cluster-id", input.clusterId];
  const role = input.roleArn === undefined ? [] : ["--role-arn", input.roleArn];
  return [...cluster, "--region", input.region, ...role];
}

function plugin(from: { command: string; args: string[]; input: ExecPluginInput }): ExecPlugin {
  const { profile } = from.input;
  const env = profile === undefined ? [] : [{ name: "AWS_PROFILE", value: profile }];
  return { apiVersion: API_VERSION, command: from.command, args: from.args, env };
}
