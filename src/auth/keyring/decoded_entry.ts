import { AppError } from "../../errors.ts";
import { Secret } from "../../secret.ts";

/** The text of an entry's bytes. AppError "config-invalid" when they cannot be decoded. */
export function decodedEntry(title: string, bytes: () => Uint8Array): Secret {
  try {
    return new Secret(new TextDecoder().decode(bytes()));
  } catch {
    throw new AppError("config-invalid", `Cannot read from ${title}: the entry is not what was written`, {
      hint: "Store the keys again: atmos auth user configure --force",
    });
  }
}
