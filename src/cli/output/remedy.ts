import type { ErrorDetails } from "../../errors.ts";
import { flagText } from "../../formats/text/command_words.ts";
import { quotePosixVisibly } from "../../formats/text/shell_quote.ts";
import { hideRecordedTexts } from "../../hidden_texts.ts";
import type { Needs } from "../../host/host.ts";
import {
  LOGIN,
  nameCommand,
  type Remedy,
  type RemedyContext,
  type RemedyPart,
  type SettingName,
} from "../../remedy.ts";
import { commandLine, commandWords, type OwnCommand, PLACEHOLDERS } from "./own_command.ts";
import { printable } from "./text.ts";

type Part<K> = Extract<RemedyPart, { readonly kind: K }>;

/** Returns the text of an error's remedy, a hint on each line; "" if it has none. */
export function renderRemedy(host: Needs<never>, { hint, context }: Pick<ErrorDetails, "hint" | "context">): string {
  return hint === undefined ? "" : renderParts(host, hint, context);
}

/** Returns the lines of a remedy as a terminal shows them, each with a line break: `Hint: …`; "" if there is none. */
export function renderHints(host: Needs<never>, about: Pick<ErrorDetails, "hint" | "context">): string {
  return hintLines(renderRemedy(host, about)).map((line) => `${line}\n`).join("");
}

/** Returns the lines of the text of a remedy: `Hint: …`. */
export function hintLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "").map((line) => `Hint: ${printable(line)}`);
}

/** Returns the text of a remedy: its commands are for the configuration of this run, or for that of the context. */
export function renderParts(host: Needs<never>, remedy: Remedy, context: RemedyContext = {}): string {
  const { configuration = host.configuration ?? [] } = context;
  const known = { ...context, configuration };
  return [remedy].flat().map((part) => typeof part === "string" ? oneLine(part) : renderPart(part, known)).join("");
}

function oneLine(text: string): string {
  return text.replaceAll(/\r?\n|\r/g, "\\n");
}

type RenderContext = RemedyContext & { readonly configuration: readonly string[] };

function renderPart(part: Exclude<RemedyPart, string>, context: RenderContext): string {
  switch (part.kind) {
    case "next-line":
      return "\n";
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
    case "shell-command":
      return part.words.map((word) => quotePosixVisibly(hideRecordedTexts(word))).join(" ");
    case "no-endpoint-check":
      return "--no-endpoint-check";
    default:
      return renderCommand(part, context);
  }
}

function renderCommand(part: OwnCommand, context: RenderContext): string {
  return commandLine(commandWords(part, context), context.configuration);
}

/** Where CI is set, a login that needs a user fails at a terminal, too: the same command again would be no help. */
function renderTerminalLogin(part: Part<"terminal-login">, context: RenderContext): string {
  const { identity } = part;
  const login = renderCommand(identity === undefined ? LOGIN : { ...LOGIN, identity }, context);
  if (context.isPipeline) {
    return "In a pipeline, use an identity that needs no user: through github/oidc, or of kind aws/ambient\n" +
      `CI is set, so no user is asked. Log in at a terminal without it: ${login}`;
  }
  return `Log in at a terminal${part.at === "screen" ? " with a screen" : ""}: ${login}`;
}

function renderSecretKey(context: RenderContext): string {
  const { keys } = context;
  if (keys === undefined) return "AWS_SECRET_ACCESS_KEY";
  return `atmos.yaml or the keyring: ${renderCommand({ kind: "store-keys", identity: keys }, context)}`;
}

function renderProfileLogin({ profile, orKeys }: Part<"profile-login">, context: RenderContext): string {
  if (orKeys && context.refused !== undefined) {
    return renderCommand({ ...LOGIN, identity: context.refused, force: true }, context);
  }
  const flag = profile === "default" ? "" : ` ${flagText("--profile", profile)}`;
  const login = context.login === undefined ? `aws sso login${flag}` : renderCommand(LOGIN, context);
  return orKeys ? `${login}, or renew the access keys` : login;
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

function renderSetting({ setting, value, isBare }: Part<"setting">, context: RenderContext): string {
  const { flags = "all", dockerRegistry } = context;
  if (setting === "identity" && dockerRegistry !== undefined) {
    const words = ["aws", "ecr", "configure", "--registry", dockerRegistry, "--identity", PLACEHOLDERS.identity];
    return renderCommand(nameCommand(...words), context);
  }
  const inFile = IN_FILE[setting];
  const isTyped = inFile === undefined || flags === "all" || (flags === "shared" && inFile.isShared === true);
  if (!isTyped) return `${inFile.key}${value === undefined ? "" : `: ${value}`} in atmos.yaml`;
  if (setting === "stack") return flagText("-s", value ?? PLACEHOLDERS.stack);
  return isBare ? `--${setting}` : flagText(`--${setting}`, value ?? PLACEHOLDERS[setting]);
}
