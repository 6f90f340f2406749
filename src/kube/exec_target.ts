import { valueOf, type YamlNode, type YamlText } from "../formats/yaml_node.ts";
import { textOf } from "../formats/yaml_value.ts";

/** What a user entry's exec plugin makes tokens for, as far as its arguments tell. */
export interface ExecTarget {
  readonly cluster: string | undefined;
  readonly region: string | undefined;
  readonly role: string | undefined;
  readonly identity: string | undefined;
  readonly profile: string | undefined;
}

/** Reads the plugin of a user entry: `aws eks get-token`, `atmos aws eks token` or aws-iam-authenticator. */
export function execTarget(text: YamlText, user: YamlNode | undefined): ExecTarget {
  const exec = valueOf(user, "exec");
  const args = (valueOf(exec, "args")?.items ?? []).map((item) => textOf(text, item) ?? "");
  return {
    cluster: flag(args, ["--cluster-name", "--cluster-id", "--cluster-id-or-name"]),
    region: flag(args, ["--region"]),
    role: flag(args, ["--role-arn", "--role", "-r"]),
    identity: flag(args, ["--identity"]),
    profile: flag(args, ["--profile"]) ?? envValue(text, { exec, name: "AWS_PROFILE" }),
  };
}

function flag(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [i, arg] of args.entries()) {
    if (names.includes(arg)) return args[i + 1];
    const name = names.find((candidate) => arg.startsWith(`${candidate}=`));
    if (name !== undefined) return arg.slice(name.length + 1);
  }
  return undefined;
}

function envValue(text: YamlText, at: { exec: YamlNode | undefined; name: string }): string | undefined {
  const items = valueOf(at.exec, "env")?.items ?? [];
  const item = items.find((candidate) => textOf(text, valueOf(candidate, "name")) === at.name);
  return textOf(text, valueOf(item, "value"));
}
