/**
 * What to do about an error: a text, or one with parts that only the command line can word (`cli/output/remedy.ts`). A line
 * break in a text is part of something that it names, and is printed as an escape: no name looks like a hint of ours.
 */
export type Remedy = string | CommandPart | readonly RemedyPart[];

/** What a user sets with a flag, or in atmos.yaml. */
export type SettingName =
  | "alias"
  | "identity"
  | "kubeconfig"
  | "name"
  | "prefix"
  | "profile"
  | "region"
  | "stack"
  | "update"
  | "user-alias";

/** A login with this program, for an identity or of a provider; without a name it is the one that has failed. */
export interface LoginPart {
  readonly kind: "login";
  readonly identity?: string;
  readonly provider?: string;
  /** The access portal of IAM Identity Center, where no configuration has it yet. */
  readonly portal?: { readonly startUrl: string; readonly region: string };
  /** Also where the stored credentials still look good. */
  readonly force?: true;
  /** What is given along with it. */
  readonly with?: "assertion" | "device-code";
}

/** A command of this program, for the configuration of this run. */
export interface CommandPart {
  readonly kind: "command";
  /** Behind `atmos`, without quotes; what follows `--` is another program's. */
  readonly words: readonly string[];
}

/** A command of another program, to be typed in a shell. */
interface ShellPart {
  readonly kind: "shell-command";
  /** Without quotes. */
  readonly words: readonly string[];
}

export type RemedyPart =
  | string
  /** What follows is another hint, on a line of its own. */
  | { readonly kind: "next-line" }
  | LoginPart
  /** A login where a user can be asked: "Log in at a terminal: ...". */
  | { readonly kind: "terminal-login"; readonly identity?: string; readonly at?: "screen" }
  /** A login of the AWS CLI with a profile; or with new access keys, where the profile may have some. */
  | { readonly kind: "profile-login"; readonly profile: string; readonly orKeys?: true }
  /** Where the secret access key is that does not belong to its id. */
  | { readonly kind: "secret-key" }
  /** In parentheses, how other credentials are chosen; nothing where there is no choice. */
  | { readonly kind: "other-credentials" }
  /** How a value is given; without `value` its placeholder is shown, and none where `isBare`. */
  | { readonly kind: "setting"; readonly setting: SettingName; readonly value?: string; readonly isBare?: true }
  /** A command of this program that reads a configuration, as words: `["auth", "exec", "--", "kubectl", "get", "pods"]`. */
  | CommandPart
  | ShellPart
  /** Shows every problem of the configuration; with `verbose` also what was read. */
  | { readonly kind: "check-configuration"; readonly verbose?: true }
  /** Makes an atmos.yaml, or adds to it. */
  | { readonly kind: "set-up" }
  | { readonly kind: "list-identities" }
  | { readonly kind: "list-providers" }
  | { readonly kind: "list-stacks" }
  | { readonly kind: "list-components"; readonly stack?: string }
  | { readonly kind: "no-endpoint-check" }
  /** Stores access keys of an IAM user; without an identity it is the one that has failed. */
  | { readonly kind: "store-keys"; readonly identity?: string; readonly how?: "add-mfa" | "remove" | "replace" }
  /** Writes entries of clusters: of these integrations, or of the one that is meant. */
  | {
    readonly kind: "write-entry";
    readonly integrations?: readonly string[];
    readonly how?: "replace" | "atmos-plugin";
    /** A flag that is to be given along with it. */
    readonly setting?: SettingName;
  };

/** What is known about an error where it is caught, for the parts of its remedy that do not say it themselves. */
export interface RemedyContext {
  /** What a login is for. */
  readonly login?: Pick<LoginPart, "identity" | "portal" | "provider">;
  /** The identity whose stored credentials AWS takes no longer: they look good, so a login has to be forced. */
  readonly refused?: string;
  /** The identity whose access keys were used, of atmos.yaml or the keyring. */
  readonly keys?: string;
  /** How other credentials are chosen, where the flags of a command that takes the environment's are not the way. */
  readonly otherCredentials?: "none" | "identity" | "profile" | "via.identity" | "spec.cluster.describe_identity";
  /** The flags that can be typed: those for one integration, those for several, or none. */
  readonly flags?: "all" | "shared" | "none";
  /** The registry that docker asks for: docker has no flags to add, a program of an identity's own is what decides. */
  readonly dockerRegistry?: string;
  /** The flags that say where the configuration is, where it is not what those of this run say. */
  readonly configuration?: readonly string[];
  /** Whether it is a pipeline, where no user is asked. */
  readonly isPipeline?: true;
}

/** The login that gets credentials again. */
export const LOGIN: LoginPart = { kind: "login" };

/** The one that another device, or another browser, can confirm. */
export const DEVICE_LOGIN: LoginPart = { kind: "login", with: "device-code" };

/** The command that writes the entry of a cluster again. */
export const WRITE_ENTRY: RemedyPart = { kind: "write-entry" };

/** How the check of kubectl's server is left out. */
export const NO_ENDPOINT_CHECK: RemedyPart = { kind: "no-endpoint-check" };

const MAKE_CONFIGURATION: RemedyPart = { kind: "set-up" };

/** The way out where nothing is configured. */
export const SET_UP: Remedy = ["Set up a login and your clusters: ", MAKE_CONFIGURATION];

/** Returns a remedy without the line of SET_UP, for where something is configured. */
export function withoutSetUp(remedy: Remedy): Remedy {
  const parts = [remedy].flat();
  const at = parts.indexOf(MAKE_CONFIGURATION);
  return at < 0 ? remedy : parts.toSpliced(Math.max(0, at - 2), 3);
}

/** The command that lists the stacks. */
export const LIST_STACKS: RemedyPart = { kind: "list-stacks" };

/** The command that shows every problem of the configuration. */
export const CHECK: RemedyPart = { kind: "check-configuration" };

/** The command that shows what needs trust, and asks for it. */
export const TRUST: CommandPart = nameCommand("auth", "trust");

/** The command that lists the identities. */
export const LIST_IDENTITIES: RemedyPart = { kind: "list-identities" };

/** How other credentials are chosen. */
export const OTHER_CREDENTIALS: RemedyPart = { kind: "other-credentials" };

/** Ends a line of a remedy. */
export const NEXT_LINE: RemedyPart = { kind: "next-line" };

/** Returns remedies as one, each on a line of its own. */
export function joinLines(remedies: readonly Remedy[]): Remedy {
  return remedies.flatMap((one, index) => [...(index === 0 ? [] : [NEXT_LINE]), ...[one].flat()]);
}

/** Returns the remedy of a template: its texts and parts in order, remedies among them taken apart. */
export function remedy(texts: TemplateStringsArray, ...parts: readonly (Remedy | RemedyPart | number)[]): Remedy {
  const all = texts.flatMap((text, index): readonly RemedyPart[] => {
    const part = parts[index] ?? "";
    if (typeof part === "number") return [text, String(part)];
    return "kind" in Object(part) ? [text, part as RemedyPart] : [text, ...[part as Remedy].flat()];
  }).filter((part) => part !== "");
  return all.every((part) => typeof part === "string") ? all.join("") : all;
}

/** Returns the part that is a command of this program: its words behind `atmos`, as they are without quotes. */
export function nameCommand(...words: readonly string[]): CommandPart {
  return { kind: "command", words };
}

/** Returns the part that is a command of another program: its words as they are without quotes. */
export function nameShellCommand(...words: readonly string[]): ShellPart {
  return { kind: "shell-command", words };
}

/** Returns a command with more words at its end, or before `--`, behind which no word is a flag. */
export function addWords({ kind, words }: CommandPart, ...more: readonly string[]): CommandPart {
  const dashes = words.indexOf("--");
  const end = dashes < 0 || more.includes("--") ? words.length : dashes;
  return { kind, words: [...words.slice(0, end), ...more, ...words.slice(end)] };
}

/** Returns the part that says how a value is given. */
export function nameSetting(setting: SettingName, value?: string): RemedyPart {
  return value === undefined ? { kind: "setting", setting } : { kind: "setting", setting, value };
}
