import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { readOrdinaryFile } from "./ordinary_file.ts";

/** A file that a variable or a setting names. */
export interface NamedFile {
  /** What the file is to the user: "CA bundle". */
  readonly what: string;
  /** Its path. */
  readonly value: string;
  /** The variable or the profile's key, for messages. */
  readonly source: string;
}

/** The file's text. AppError "config-not-found" when it is not there, "config-invalid" when it cannot be read. */
export function readNamedFile(host: Needs<"read">, { what, value, source }: NamedFile): string {
  const read = readOrdinaryFile(host, value);
  if (read instanceof Uint8Array) return new TextDecoder().decode(read);
  const code = read.kind === "not-found" ? "config-not-found" : "config-invalid";
  throw new AppError(code, `Cannot read ${what} "${value}": ${read.found}`, {
    hint: `Correct or remove ${source}.`,
  });
}
