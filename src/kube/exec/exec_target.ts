import type { YamlNode } from "../../formats/yaml/node.ts";
import { readExecBlock } from "./exec_block.ts";

/** What a credential plugin makes tokens for and as which identity, as far as its command line says. */
export interface ExecTarget {
  /** Which program it is; undefined for one that is not known to make EKS tokens. */
  readonly plugin: "aws" | "atmos" | "aws-iam-authenticator" | undefined;
  /** As written: a name, or a path. */
  readonly command: string;
  /** Cluster name, or id on an Outpost. */
  readonly cluster: string | undefined;
  /** Whether that is the id. */
  readonly isId: boolean;
  readonly region: string | undefined;
  readonly role: string | undefined;
  readonly identity: string | undefined;
  /** The account that the credentials must be of. */
  readonly account: string | undefined;
  /** The flags that say which atmos.yaml the identity is of, with spaces between. */
  readonly configFlags: string;
  readonly profile: string | undefined;
  /** The files that have the profile, where the entry says them. */
  readonly configFile: string | undefined;
  readonly credentialsFile: string | undefined;
  /** Variables of its environment that say who signs besides: keys, a role, a container's or a web identity, an address. */
  readonly signer: string;
  /** Whether that is all: no other program of the name, argument or variable has a say. */
  readonly isPlain: boolean;
  /** Form of the token, of the AWS CLI only. */
  readonly output: string | undefined;
}

const SIGNER =
  /^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|ROLE_\w+|WEB_IDENTITY_\w+|CONTAINER_\w+|ENDPOINT_URL\w*)|ATMOS_\w+|HOME)$/;

const CONFIG_FLAG = /^--(?:config|config-profile|base-path|chdir)=/;

/** Reads the call of a plugin: `aws eks get-token`, `atmos aws eks token` or `aws-iam-authenticator token`. */
export function readExecTarget(
  { command, args, env }: {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
  },
): ExecTarget {
  const variable = (wanted: string) => env.find(({ name }) => name === wanted)?.value;
  const plugin = detectPlugin(command, args);
  // The AWS CLI takes the older name first.
  const profiles = plugin === "aws" ? ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"] : ["AWS_PROFILE"];
  return {
    plugin,
    command,
    cluster: findFlag(args, ["--cluster-name", "--cluster-id", "-i"]),
    isId: findFlag(args, ["--cluster-id"]) !== undefined,
    region: findFlag(args, ["--region"]),
    role: findFlag(args, ["--role-arn", "--role", "-r"]),
    identity: findFlag(args, ["--identity"]),
    account: findFlag(args, ["--account"]),
    configFlags: args.filter((arg) => CONFIG_FLAG.test(arg)).join(" "),
    profile: findFlag(args, ["--profile"]) ?? profiles.map(variable).find((one) => one !== undefined),
    configFile: variable("AWS_CONFIG_FILE"),
    credentialsFile: variable("AWS_SHARED_CREDENTIALS_FILE"),
    isPlain: isPlain({ plugin, command, args, env }),
    signer: env.filter(({ name, value }) => SIGNER.test(name) && value !== "").map(({ name, value }) =>
      `${name}=${value}`
    ).sort().join("\n"),
    output: findFlag(args, ["--output"]),
  };
}

/** Variables and arguments that {@link ExecTarget} has, or that do not say who signs. */
const KNOWN_VARIABLES =
  /^AWS_(?:(?:DEFAULT_)?PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|(?:DEFAULT_)?REGION|STS_REGIONAL_ENDPOINTS|PAGER|PARTITION)$/;
const KNOWN_ARGUMENTS = [
  ...["--cluster-name", "--cluster-id", "--region", "--role-arn", "--profile", "--output"],
  // Of this program.
  ...["--identity", "--account", "--endpoint", "--endpoint-ca"],
];

const OWN_FLAG = /^--(?:(?:config|config-path|config-profile|base-path|chdir)=|no-endpoint-check$)/;

/** The AWS CLI takes abbreviations of flags, too, and of a flag that is there twice the last. */
function isPlain(
  { plugin, command, args, env }:
    & Pick<ExecTarget, "plugin" | "command">
    & Omit<Parameters<typeof readExecTarget>[0], "command">,
): boolean {
  // An empty one takes a variable away from who starts kubectl, as our own entries do.
  if (!env.every(({ name, value }) => KNOWN_VARIABLES.test(name) || value === "")) return false;
  const findKnown = (word: string) => KNOWN_ARGUMENTS.find((flag) => word === flag || word.startsWith(`${flag}=`));
  const flags = args.flatMap((word) => findKnown(word) ?? []);
  if (new Set(flags).size < flags.length) return false;
  const isKnown = (word: string) => findKnown(word) !== undefined || OWN_FLAG.test(word);
  const others = args.filter((word, at) => !isKnown(word) && !KNOWN_ARGUMENTS.includes(args[at - 1] ?? "")).join(" ");
  return plugin === "aws" ? command === "aws" && others === "eks get-token" : /(?:^| )aws eks token$/.test(others);
}

/** The plugin of a kubeconfig's user. */
export function readUserTarget(user: YamlNode | undefined): ExecTarget {
  return readExecTarget(readExecBlock(user) ?? { command: "", args: [], env: [] });
}

function detectPlugin(command: string, args: readonly string[]): ExecTarget["plugin"] {
  const name = command.split(/[\\/]/).at(-1)!.replace(/\.(exe|cmd)$/, "");
  const line = args.join(" ");
  if (name === "aws" && /(^| )eks get-token( |$)/.test(line)) return "aws";
  if (/(^| )aws eks token( |$)/.test(line)) return "atmos";
  return name === "aws-iam-authenticator" && args.includes("token") ? "aws-iam-authenticator" : undefined;
}

/** Returns the value of the first of these flags in a command line, as `--flag value` or `--flag=value`. */
export function findFlag(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [i, arg] of args.entries()) {
    if (names.includes(arg)) return args[i + 1];
    const name = names.find((candidate) => arg.startsWith(`${candidate}=`));
    if (name !== undefined) return arg.slice(name.length + 1);
  }
  return undefined;
}

/** Whether the plugin is one that we write. */
export function isEksTarget({ plugin }: ExecTarget): boolean {
  return plugin === "aws" || plugin === "atmos";
}

/** Whether the plugin makes no tokens with credentials of that account. */
export function isOfOtherAccount(target: ExecTarget, account: string | undefined): boolean {
  return target.account !== undefined && account !== undefined && target.account !== account;
}

/** Whether two plugins make tokens for the same cluster as the same identity of the same configuration. */
export function isSameTarget(one: ExecTarget, other: ExecTarget): boolean {
  return one.plugin !== undefined && one.plugin === other.plugin && one.cluster === other.cluster &&
    one.region === other.region && one.role === other.role && one.identity === other.identity &&
    one.profile === other.profile && one.signer === other.signer && isSameFile(one.configFile, other.configFile) &&
    isSameFile(one.credentialsFile, other.credentialsFile) && one.configFlags === other.configFlags &&
    !isOfOtherAccount(one, other.account);
}

/** An entry from where there was no HOME does not say it. */
function isSameFile(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether two plugins say the same of where their profile is. */
export function saysSameFiles(one: ExecTarget, other: ExecTarget): boolean {
  return one.configFile === other.configFile && one.credentialsFile === other.credentialsFile;
}
