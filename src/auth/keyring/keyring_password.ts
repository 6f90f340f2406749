import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { FileKeyring } from "../keyrings/file.ts";
import type { KeyringSetting } from "./keyring.ts";

/** As the Go atmos has it. */
const LEAST = 8;

export interface PasswordInput extends KeyringSetting<FileKeyring> {
  readonly directory: string;
  /** A new keyring's password is chosen now, so it is asked for twice. */
  readonly which: "new" | "known";
}

/**
 * The password of a keyring of files: of the variable that is named for it, else of the person. AppError "login-needed"
 * when there is neither, "usage" for a new one that is too short. Permission: env.
 */
export async function keyringPassword(host: Needs<"env">, input: PasswordInput): Promise<Secret> {
  const { configured, which, directory } = input;
  const variable = host.env.get("ATMOS_KEYRING_PASSWORD_ENV") ?? configured.passwordEnv ?? "ATMOS_KEYRING_PASSWORD";
  const given = host.env.get(variable);
  if (given === undefined) return await asked(input, variable);
  if (which === "new" && given.length < LEAST) throw unfit(directory, `that of ${variable} is too short`);
  return new Secret(given);
}

async function asked({ talk, which, directory }: PasswordInput, variable: string): Promise<Secret> {
  const text = which === "new"
    ? `New password for the keyring ${directory}, ${LEAST} characters or more`
    : `Password of the keyring ${directory}`;
  const answer = await talk.ask({ text, hidden: true });
  if (answer === undefined) throw missing(directory, variable);
  if (which === "known") return answer;
  if (answer.reveal().length < LEAST) throw unfit(directory, "it is too short");
  const again = await talk.ask({ text: "The same again", hidden: true });
  if (again?.reveal() !== answer.reveal()) throw unfit(directory, "the two are not the same");
  return answer;
}

function missing(directory: string, variable: string): AppError {
  return new AppError("login-needed", `Cannot open keyring "${directory}": its password was not given`, {
    hint: `Run this at a terminal, or set ${variable}.`,
  });
}

function unfit(directory: string, found: string): AppError {
  return new AppError("usage", `Cannot take a password for keyring "${directory}": ${found}`, {
    hint: `Choose one of ${LEAST} characters or more, and try again.`,
  });
}
