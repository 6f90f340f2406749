import type { ErrorDetails } from "../../errors.ts";
import { argumentWords, flagWords } from "../../formats/text/command_words.ts";
import type { LoginPart, Remedy, RemedyContext, RemedyPart, SettingName } from "../../remedy.ts";
import { addToCommands } from "../../cli/output/keep_configuration.ts";
import { printable } from "../../cli/output/text.ts";

type Part<K> = Extract<RemedyPart, { readonly kind: K }>;

/** Returns the text of an error's remedy, a hint on each line; "" if it has none. */
export function renderRemedy({ hint, context }: Pick<ErrorDetails, "hint" | "context">): string {
  return hint === undefined ? "" : renderParts(hint, context);
}

/** Returns the lines of a remedy as a terminal shows them, each with a line break: `Hint: …`; "" if there is none. */
export function renderHints(about: Pick<ErrorDetails, "hint" | "context">): string {
  return hintLines(renderRemedy(about)).map((line) => `${line}\n`).join("");
}

/** Returns the lines of the text of a remedy: `Hint: …`. */
export function hintLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "").map((line) => `Hint: ${printable(line)}`);
}

/** Returns the text of a remedy. */
export function renderParts(remedy: Remedy, context: RemedyContext = {}): string {
  const text = [remedy].flat().map((part) => typeof part === "string" ? oneLine(part) : renderPart(part, context)).join(
    "",
  );
  return context.configuration === undefined ? text : addToCommands(text, context.configuration);
}

function oneLine(text: string): string {
  return text.replaceAll(/\r?\n|\r/g, "\\n");
}

function renderPart(part: Exclude<RemedyPart, string>, context: RemedyContext): string {
  switch (part.kind) {
    case "next-line":
      return "\n";
    case "login":
      return renderLogin(part, context);
    case "terminal-login":
      return renderTerminalLogin(part, context);
    case "secret-key":
      return renderSecretKey(context);
    case "profile-login":
      return renderProfileLogin(part, context);
    case "other-credentials":
      return renderOtherCredentials(context);
    case "setting":
      return renderSetting(part, context);
    case "check-configuration":
      return `atmos auth validate${part.verbose ? " --verbose" : ""}`;
    case "set-up":
      return "atmos auth init";
    case "list-identities":
      return "atmos auth list";
    case "list-providers":
      return "atmos auth list --providers";
    case "list-components":
      return `atmos list components${part.stack === undefined ? "" : ` ${flagWords("-s", part.stack)}`}`;
    case "list-stacks":
      return "atmos list stacks";
    case "no-endpoint-check":
      return "--no-endpoint-check";
    case "store-keys":
      return renderStoreKeys(part, context);
    case "write-entry":
      return renderWriteEntry(part);
  }
}

const WITH = { "assertion": "--saml-assertion FILE", "device-code": "--device-code" } as const;

function renderLogin(part: LoginPart, context: RemedyContext): string {
  const { identity, provider, portal } = part.identity ?? part.provider ? part : context.login ?? {};
  if (portal !== undefined) {
    return `atmos auth init ${flagWords("--start-url", portal.startUrl)} ${flagWords("--region", portal.region)}`;
  }
  const how = part.with === undefined ? [] : [WITH[part.with]];
  if (identity === undefined && provider !== undefined) {
    // A login of a provider is a new one, and takes no --force.
    return ["atmos auth login", flagWords("--provider", provider), ...how].join(" ");
  }
  const flags = [...(part.force ? ["--force"] : []), ...how];
  return ["atmos auth login", ...(identity === undefined ? flags : [argumentWords(identity, flags)])].join(" ");
}

/** Where CI is set, a login that needs a user fails at a terminal, too: the same command again would be no help. */
function renderTerminalLogin(part: Part<"terminal-login">, context: RemedyContext): string {
  const { identity } = part;
  const login = renderLogin({ kind: "login", ...(identity === undefined ? {} : { identity }) }, context);
  if (context.isPipeline) {
    return "In a pipeline, use an identity that needs no user: through github/oidc, or of kind aws/ambient\n" +
      `CI is set, so no user is asked. Log in at a terminal without it: ${login}`;
  }
  return `Log in at a terminal${part.at === "screen" ? " with a screen" : ""}: ${login}`;
}

function renderSecretKey({ keys }: RemedyContext): string {
  if (keys === undefined) return "AWS_SECRET_ACCESS_KEY.";
  return `atmos.yaml or the keyring: ${renderPart({ kind: "store-keys", identity: keys }, {})}`;
}

function renderProfileLogin({ profile, orKeys }: Part<"profile-login">, context: RemedyContext): string {
  if (orKeys && context.refused !== undefined) {
    return renderLogin({ kind: "login", identity: context.refused, force: true }, {});
  }
  const flag = profile === "default" ? "" : ` ${flagWords("--profile", profile)}`;
  const login = context.login === undefined ? `aws sso login${flag}` : renderLogin({ kind: "login" }, context);
  return orKeys ? `${login}, or renew the access keys.` : login;
}

function renderOtherCredentials({ otherCredentials }: RemedyContext): string {
  if (otherCredentials === "none") return "";
  if (otherCredentials === undefined) return " (--profile, --assume-role-arn)";
  if (otherCredentials === "profile") return " (--profile, --identity)";
  return otherCredentials === "identity" ? " (--identity NAME)" : ` (${otherCredentials} in atmos.yaml)`;
}

/** Where atmos.yaml has what a flag says, and whether that flag goes for several integrations at once. */
const IN_FILE: Partial<Record<SettingName, { readonly key: string; readonly isShared?: true }>> = {
  "alias": { key: "spec.cluster.alias" },
  "user-alias": { key: "spec.cluster.user_alias" },
  "kubeconfig": { key: "spec.cluster.kubeconfig.path", isShared: true },
  "region": { key: "spec.cluster.region", isShared: true },
  "update": { key: "spec.cluster.kubeconfig.update", isShared: true },
};

const PLACEHOLDERS: Record<SettingName, string> = {
  "alias": "NAME",
  "identity": "NAME",
  "kubeconfig": "PATH",
  "name": "NAME",
  "prefix": "TEXT",
  "profile": "NAME",
  "region": "REGION",
  "stack": "NAME",
  "update": "MODE",
  "user-alias": "NAME",
};

function renderSetting({ setting, value, isBare }: Part<"setting">, context: RemedyContext): string {
  const { flags = "all", dockerRegistry } = context;
  if (setting === "identity" && dockerRegistry !== undefined) {
    return `atmos aws ecr configure --registry ${dockerRegistry} --identity NAME`;
  }
  const inFile = IN_FILE[setting];
  const isTyped = inFile === undefined || flags === "all" || (flags === "shared" && inFile.isShared === true);
  if (!isTyped) return `${inFile.key}${value === undefined ? "" : `: ${value}`} in atmos.yaml`;
  if (setting === "stack") return flagWords("-s", value ?? PLACEHOLDERS.stack);
  return isBare ? `--${setting}` : flagWords(`--${setting}`, value ?? PLACEHOLDERS[setting]);
}

const STORE = { "add-mfa": " --mfa-arn ARN", "remove": " --delete", "replace": " --force" } as const;

function renderStoreKeys({ identity, how }: Part<"store-keys">, { login }: RemedyContext): string {
  const name = identity ?? login?.identity;
  const flag = name === undefined ? "" : ` ${flagWords("--identity", name)}`;
  return `atmos auth user configure${flag}${how === undefined ? "" : STORE[how]}`;
}

const WRITE = { "replace": " --update replace", "atmos-plugin": " --exec-command atmos" } as const;

function renderWriteEntry({ integrations = [], how, setting }: Part<"write-entry">): string {
  const named = integrations.map((one) => ` ${flagWords("--integration", one)}`).join("");
  const names = named === "" && how === "replace" ? " INTEGRATION" : named;
  const flag = setting === undefined ? "" : ` --${setting} ${PLACEHOLDERS[setting]}`;
  return `atmos aws eks update-kubeconfig${names}${how === undefined ? "" : WRITE[how]}${flag}`;
}
