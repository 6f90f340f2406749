import { nameCommand, remedy } from "../../../remedy.ts";
import { quoteDotenv, quoteFish, quotePosixPrintably, quotePowershell } from "../../../formats/text/shell_quote.ts";
import { jsonText } from "../../output/json_text.ts";
import type { FormatName } from "./command.ts";
import { renderLines, renderPlainLines, sortVariables, unprintable, type Variables } from "./variables.ts";

/**
 * The whole text, with its last line break; a terminal shows all of it and obeys none, whatever the values are. `stale` are variables that must not be set any more: a format that cannot
 * say so empties them, which the AWS CLI, SDKs, kubectl and terraform take for none.
 * @throws {AppError} usage for a value that the format cannot hold
 */
type RenderVariables = (variables: Variables, stale: readonly string[]) => string;

/** For sh, bash, zsh, ksh: `eval "$(atmos auth env)"`; without the double quotes all of it becomes one line. */
const renderBash: RenderVariables = (variables, stale) =>
  renderLines(variables, (name, value) => `export ${name}=${quotePosixPrintably(value)};`) +
  stale.map((name) => `unset ${name};\n`).join("");

/** For fish: `atmos auth env --format=fish | source`. */
const renderFish: RenderVariables = (variables, stale) =>
  renderLines(variables, (name, value) => `set -gx ${name} ${quoteFish(value)}`) +
  stale.map((name) => `set -e ${name}\n`).join("");

/** For PowerShell: `atmos auth env --format=powershell | Out-String | Invoke-Expression`. */
const renderPowershell: RenderVariables = (variables, stale) =>
  renderLines(variables, (name, value) => `$env:${name} = ${quotePowershell(value)}`) +
  stale.map((name) => `Remove-Item Env:${name} -ErrorAction Ignore\n`).join("");

/** For files that programs read at their start and shells source: `.env`. */
const renderDotenv: RenderVariables = (variables, stale) =>
  renderPlainLines({ ...variables, ...emptied(stale) }, (name, value) => `${name}=${quoteDotenv(value)}`);

/** As `env` prints and `docker run --env-file` reads it: no quotes at all, so a line break has no place in it. */
const renderEnv: RenderVariables = (variables, stale) =>
  renderPlainLines({ ...variables, ...emptied(stale) }, (name, value) => {
    if (!value.includes("\n")) return `${name}=${value}`;
    const found = "its value has several lines, and the format env has one line for each variable";
    throw unprintable("usage", {
      name,
      found,
      hint: remedy`Use another format: ${nameCommand("auth", "env", "--format", "dotenv")}`,
    });
  });

/** One object, names to values. */
const renderJson: RenderVariables = (variables, stale) =>
  jsonText(Object.fromEntries(sortVariables({ ...variables, ...emptied(stale) })));

/**
 * For the file $GITHUB_ENV. A value of several lines stands between two lines with a delimiter, which must not be one
 * of its own lines, or what follows would set other variables. Nothing unsets one for the next steps.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
const renderGithub: RenderVariables = (variables, stale) =>
  renderPlainLines({ ...variables, ...emptied(stale) }, (name, value) => {
    if (!value.includes("\n")) return `${name}=${value}`;
    const delimiter = delimiterFor(name, value);
    return `${name}<<${delimiter}\n${value}\n${delimiter}`;
  });

function emptied(stale: readonly string[]): Variables {
  return Object.fromEntries(stale.map((name) => [name, ""]));
}

function delimiterFor(name: string, value: string): string {
  let delimiter = `ATMOS_EOF_${name}`;
  while (value.includes(delimiter)) delimiter += "_";
  return delimiter;
}

/** A new format is one function, one line here and one choice of the flag. */
export const FORMATS: Readonly<Record<FormatName, RenderVariables>> = {
  "bash": renderBash,
  "fish": renderFish,
  "powershell": renderPowershell,
  "dotenv": renderDotenv,
  "env": renderEnv,
  "json": renderJson,
  "github": renderGithub,
};
