import { AppError } from "../../errors.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";

/**
 * Returns the value of a key; undefined when there is none, or it is empty or a block. AppError "config-invalid" for one
 * of several lines: no setting of AWS has that, and the lower ones may be anything, such as access keys that were indented
 * by mistake. They are refused here, as everything else may show a value; so the error shows none.
 */
export function readKey(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  if (typeof value !== "string" || value === "") return undefined;
  if (!value.includes("\n")) return value;
  throw new AppError("config-invalid", `Cannot use AWS setting ${key}: the lines below it are part of its value`, {
    hint: `Indent the lines below ${key} like that line, or remove them`,
  });
}

/** Returns a command; it may go on in the next lines, which are more words of it to the AWS CLI. */
export function readCommand(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === "string" && value.trim() !== "" ? value.replaceAll(/\n+/g, " ") : undefined;
}

/** Returns the value of a key that is only shown or offered; undefined also where readKey refuses it. */
export function findKey(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === "string" && value !== "" && !value.includes("\n") ? value : undefined;
}
