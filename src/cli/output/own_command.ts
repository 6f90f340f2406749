import { formatCommaItem } from "../../formats/text/comma_list.ts";
import { argumentWords, flagPairs, flagWords, quoteWord } from "../../formats/text/command_words.ts";
import { hideRecordedTexts } from "../../hidden_texts.ts";
import type { CommandPart, LoginPart, RemedyContext, RemedyPart, SettingName } from "../../remedy.ts";

/** The flags that say where a configuration is, in the order in which they are repeated. */
const NAMES = ["chdir", "config", "config-path", "config-profile", "base-path"] as const;

/** Returns the flags that name a configuration, as they were given, word by word: `["--config", "a.yaml"]`. */
export function configurationWords(
  named: Readonly<Partial<Record<typeof NAMES[number], unknown>>>,
): readonly string[] {
  return NAMES.flatMap((name) =>
    [named[name] ?? []].flat().flatMap((value) => [
      name === "chdir" ? "-C" : `--${name}`,
      Array.isArray(named[name]) ? formatCommaItem(String(value)) : String(value),
    ])
  );
}

/**
 * Returns a command of this program as a POSIX shell reads it, for the configuration that these flags name: they stand at
 * its end, before the arguments of another program, but for those that it has itself.
 */
export function commandLine(words: readonly string[], configuration: readonly string[]): string {
  const dashes = words.indexOf("--");
  const end = dashes < 0 ? words.length : dashes;
  const own = words.slice(0, end);
  const all = ["atmos", ...own, ...flagPairs(missingWords(own, configuration)), ...words.slice(end)];
  // Before the quotes: what is put in its place stays one word.
  return all.map((word) => quoteWord(hideRecordedTexts(word))).join(" ");
}

/** Flags come with their values. */
function missingWords(own: readonly string[], configuration: readonly string[]): readonly string[] {
  return configuration.filter((_, index) => {
    const flag = configuration[index - index % 2]!;
    return !own.some((word) => word === flag || word.startsWith(`${flag}=`));
  });
}

/** The parts of a remedy that are commands of this program. */
export type OwnCommand =
  | CommandPart
  | LoginPart
  | Extract<
    RemedyPart,
    {
      readonly kind:
        | "check-configuration"
        | "list-components"
        | "list-identities"
        | "list-providers"
        | "list-stacks"
        | "set-up"
        | "store-keys"
        | "write-entry";
    }
  >;

/** What stands for a value that is not known. */
export const PLACEHOLDERS: Record<SettingName, string> = {
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

/** Returns the words of a command behind `atmos`, without the flags of a configuration. */
export function commandWords(part: OwnCommand, context: RemedyContext): readonly string[] {
  switch (part.kind) {
    case "command":
      return part.words;
    case "login":
      return loginWords(part, context);
    case "check-configuration":
      return ["auth", "validate", ...(part.verbose ? ["--verbose"] : [])];
    case "set-up":
      return ["auth", "init"];
    case "list-identities":
      return ["auth", "list"];
    case "list-providers":
      return ["auth", "list", "--providers"];
    case "list-components":
      return ["list", "components", ...(part.stack === undefined ? [] : flagWords("-s", part.stack))];
    case "list-stacks":
      return ["list", "stacks"];
    case "store-keys":
      return storeKeysWords(part, context);
    case "write-entry":
      return writeEntryWords(part);
  }
}

const WITH = { "assertion": ["--saml-assertion", "FILE"], "device-code": ["--device-code"] } as const;

function loginWords(part: LoginPart, context: RemedyContext): readonly string[] {
  const { identity, provider, portal } = part.identity ?? part.provider ? part : context.login ?? {};
  if (portal !== undefined) {
    return ["auth", "init", ...flagPairs(["--start-url", portal.startUrl, "--region", portal.region])];
  }
  const how = part.with === undefined ? [] : WITH[part.with];
  // A login of a provider is a new one, and takes no --force.
  if (identity === undefined && provider !== undefined) {
    return ["auth", "login", ...flagWords("--provider", provider), ...how];
  }
  const flags = [...(part.force ? ["--force"] : []), ...how];
  return ["auth", "login", ...(identity === undefined ? flags : argumentWords(identity, flags))];
}

const STORE = { "add-mfa": ["--mfa-arn", "ARN"], "remove": ["--delete"], "replace": ["--force"] } as const;

function storeKeysWords(
  { identity, how }: OwnCommand & { readonly kind: "store-keys" },
  { login }: RemedyContext,
): readonly string[] {
  const name = identity ?? login?.identity;
  const flag = name === undefined ? [] : flagWords("--identity", name);
  return ["auth", "user", "configure", ...flag, ...(how === undefined ? [] : STORE[how])];
}

const WRITE = { "replace": ["--update", "replace"], "atmos-plugin": ["--exec-command", "atmos"] } as const;

function writeEntryWords(
  { integrations = [], how, setting }: OwnCommand & { readonly kind: "write-entry" },
): readonly string[] {
  const named = integrations.flatMap((one) => flagWords("--integration", formatCommaItem(one)));
  const names = named.length === 0 && how === "replace" ? ["INTEGRATION"] : named;
  const flag = setting === undefined ? [] : [`--${setting}`, PLACEHOLDERS[setting]];
  return ["aws", "eks", "update-kubeconfig", ...names, ...(how === undefined ? [] : WRITE[how]), ...flag];
}
