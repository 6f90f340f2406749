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
  /** The files that have that profile, absolute: then no other profile of its name, and no key, is taken instead. */
  readonly profileFiles?: ProfileFiles | undefined;
  /** The identity of atmos.yaml whose credentials make the token; only this program knows identities. */
  readonly identity?: string;
  /** The account of that identity: this program makes no token with credentials of another one. */
  readonly account?: string | undefined;
  /** How this program finds that atmos.yaml from any directory: `--config` and so on. */
  readonly configFlags?: readonly string[];
  /** Says `--output json`: for users whose AWS CLI is set to another output, which kubectl could not read. */
  readonly saysJson?: boolean;
}

interface ProfileFiles {
  readonly config: string;
  readonly credentials: string;
}

/** How this program is started: the binary alone, or deno with its flags and main.ts. */
interface SelfCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What makes the AWS CLI print JSON whatever it is set to. */
export const JSON_OUTPUT: readonly string[] = ["--output", "json"];

const API_VERSION = "client.authentication.k8s.io/v1beta1";

/**
 * The AWS CLI as plugin, as `aws eks update-kubeconfig` registers it; where a profile is named, AWS_DEFAULT_PROFILE names
 * it as well, which version 1 takes first.
 */
export function awsPlugin(input: ExecPluginInput): ExecPlugin {
  const output = input.saysJson ? JSON_OUTPUT : [];
  const env = input.profile === undefined ? {} : { AWS_DEFAULT_PROFILE: input.profile };
  return plugin({ command: "aws", args: ["eks", "get-token", ...target(input), ...output], env, input });
}

/**
 * This program as plugin: an absolute path, and whose credentials it takes in so many words, so that it does the same in
 * any directory, whatever atmos.yaml lies there.
 */
export function atmosPlugin(input: ExecPluginInput, self: SelfCommand): ExecPlugin {
  // A profile of the environment alone would give way to keys of the environment.
  const profile = input.profile === undefined ? [] : [`--profile=${input.profile}`];
  const identity = input.identity === undefined ? ["--no-identity", ...profile] : [`--identity=${input.identity}`];
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

function plugin(from: {
  readonly command: string;
  readonly args: string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input: ExecPluginInput;
}): ExecPlugin {
  const { profile, profileFiles } = from.input;
  const named = profile === undefined ? {} : { AWS_PROFILE: profile };
  const pinned = profile === undefined || profileFiles === undefined ? {} : profilePin(profile, profileFiles);
  const env = Object.entries({ ...named, ...from.env, ...pinned }).map(([name, value]) => ({ name, value }));
  return { apiVersion: API_VERSION, command: from.command, args: from.args, env };
}

/**
 * The variables that lead the AWS CLI to a profile of these files, whatever the environment has: version 1 takes
 * AWS_DEFAULT_PROFILE first, and keys and web identities of the environment come before a profile of the environment.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
function profilePin(profile: string, { config, credentials }: ProfileFiles): Readonly<Record<string, string>> {
  return {
    AWS_DEFAULT_PROFILE: profile,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_ACCESS_KEY_ID: "",
    AWS_WEB_IDENTITY_TOKEN_FILE: "",
  };
}

/** Returns the variables of a plugin that pin it to a profile of our files; none where others have set them. */
export function listProfilePin(env: ExecPlugin["env"]): readonly string[] {
  const values = new Map(env.map(({ name, value }) => [name, value]));
  const [profile, config, credentials] = ["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]
    .map((name) => values.get(name));
  if (profile === undefined || config === undefined || credentials === undefined) return [];
  // A login writes both into one directory.
  if (config !== credentials.replace(/credentials$/, "config")) return [];
  const pin = Object.entries(profilePin(profile, { config, credentials }));
  return pin.every(([name, value]) => values.get(name) === value) ? pin.map(([name]) => name) : [];
}
