import { nameCommand, remedy } from "../../../remedy.ts";
import { AppError, type ErrorDetails } from "../../../errors.ts";
import { hasControlCharacters } from "../../../formats/text/shell_quote.ts";

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CORRECT = { hint: "Correct the env of the identity in atmos.yaml" };

/** The variables in the order of their names. AppError "config-invalid" for what no environment can hold. */
export function sortVariables(variables: Variables): readonly (readonly [string, string])[] {
  const entries = Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of entries) {
    if (!NAME.test(name)) {
      throw unprintable("config-invalid", { name, found: "it is not a valid variable name", ...CORRECT });
    }
    if (value.includes("\0")) {
      throw unprintable("config-invalid", {
        name,
        found: "its value has a NUL byte, which no shell can hold",
        ...CORRECT,
      });
    }
  }
  return entries;
}

/** The text with one line for each variable. */
export function renderLines(variables: Variables, line: (name: string, value: string) => string): string {
  return sortVariables(variables).map(([name, value]) => `${line(name, value)}\n`).join("");
}

/** The same for a form without escapes: AppError "usage" for a value with control characters, which would be raw. */
export function renderPlainLines(variables: Variables, line: (name: string, value: string) => string): string {
  return renderLines(variables, (name, value) => {
    if (!hasControlCharacters(value)) return line(name, value);
    const found = "its value has control characters, which this format cannot escape";
    throw unprintable("usage", {
      name,
      found,
      hint: remedy`Use another format: ${nameCommand("auth", "env", "--format", "json")}, or a shell's`,
    });
  });
}

export function unprintable(
  code: "config-invalid" | "usage",
  { name, found, hint }: Required<Pick<ErrorDetails, "hint">> & { readonly name: string; readonly found: string },
): AppError {
  return new AppError(code, `Cannot print variable ${JSON.stringify(name)}: ${found}`, { hint });
}
