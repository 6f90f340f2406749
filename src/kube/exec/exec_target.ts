import { resolved, valueOf, type YamlNode } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";

/** What a credential plugin makes tokens for and as whom, as far as its command line tells. */
export interface ExecTarget {
  /** Which program it is; undefined for one that is not known to make EKS tokens. */
  readonly plugin: "aws" | "atmos" | "aws-iam-authenticator" | undefined;
  /** Cluster name, or id on an Outpost. */
  readonly cluster: string | undefined;
  /** Whether that is the id. */
  readonly isId: boolean;
  readonly region: string | undefined;
  readonly role: string | undefined;
  readonly identity: string | undefined;
  readonly profile: string | undefined;
  /** Form of the token, of the AWS CLI only. */
  readonly output: string | undefined;
}

export interface PluginCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** Reads the call of a plugin: `aws eks get-token`, `atmos aws eks token` or `aws-iam-authenticator token`. */
export function targetOf({ command, args, env }: PluginCall): ExecTarget {
  return {
    plugin: pluginOf(command, args),
    cluster: flag(args, ["--cluster-name", "--cluster-id", "-i"]),
    isId: flag(args, ["--cluster-id"]) !== undefined,
    region: flag(args, ["--region"]),
    role: flag(args, ["--role-arn", "--role", "-r"]),
    identity: flag(args, ["--identity"]),
    profile: flag(args, ["--profile"]) ?? env.find(({ name }) => name === "AWS_PROFILE")?.value,
    output: flag(args, ["--output"]),
  };
}

/** The plugin of a kubeconfig's user. */
export function userTarget(user: YamlNode | undefined): ExecTarget {
  const exec = nodeOf(user, "exec");
  return targetOf({
    command: textOf(valueOf(exec, "command")) ?? "",
    args: (nodeOf(exec, "args")?.items ?? []).map((item) => textOf(item) ?? ""),
    env: (nodeOf(exec, "env")?.items ?? []).map((item) => ({
      name: textOf(valueOf(resolved(item), "name")) ?? "",
      value: textOf(valueOf(resolved(item), "value")) ?? "",
    })),
  });
}

function nodeOf(map: YamlNode | undefined, key: string): YamlNode | undefined {
  const node = valueOf(map, key);
  return node === undefined ? undefined : resolved(node);
}

function pluginOf(command: string, args: readonly string[]): ExecTarget["plugin"] {
  const name = command.split(/[\\/]/).at(-1)!.replace(/\.(exe|cmd)$/, "");
  const said = args.join(" ");
  if (name === "aws" && /(^| )eks get-token( |$)/.test(said)) return "aws";
  if (/(^| )aws eks token( |$)/.test(said)) return "atmos";
  return name === "aws-iam-authenticator" && args.includes("token") ? "aws-iam-authenticator" : undefined;
}

function flag(args: readonly string[], names: readonly string[]): string | undefined {
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
