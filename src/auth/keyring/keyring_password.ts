import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { KeyringSetting } from "./keyring.ts";

/** As the Go atmos has it. */
const LEAST = 8;
/** Typing mistakes that are forgiven. */
const TRIES = 3;

interface PasswordSetting {
  /** Name of the variable that holds it. */
  readonly passwordEnv: string | undefined;
}

interface PasswordInput extends KeyringSetting<PasswordSetting> {
  readonly directory: string;
}

/**
 * The password of a keyring of files that is there: of the variable that is named for it, else of the person, who may
 * try again where `opens` throws "login-denied". AppError "login-needed" when there is neither. Permission: env.
 */
export async function findKnownPassword(
  host: Needs<"env">,
  input: PasswordInput & { readonly opens: (password: Secret) => Promise<void> },
): Promise<Secret> {
  const { opens, directory, ui } = input;
  const given = ofVariable(host, input);
  for (let left = TRIES, wrong = "";; left--, wrong = "Wrong password. ") {
    const text = `${wrong}Password of the keyring ${directory}`;
    const password = given.password ?? await ui.ask({ text, hidden: true });
    if (password === undefined) throw missing(directory, given.variable);
    try {
      await opens(password);
      return password;
    } catch (error) {
      const again = given.password === undefined && left > 1;
      if (!again || !(error instanceof AppError) || error.code !== "login-denied") throw error;
    }
  }
}

/** The password of a keyring that is new, typed twice. AppError "usage" for one that is too short, else as above. */
export async function newPassword(host: Needs<"env">, input: PasswordInput): Promise<Secret> {
  const { ui, directory } = input;
  const { variable, password } = ofVariable(host, input);
  if (password !== undefined) {
    if (isShort(password)) throw unfit(directory, `that of ${variable} is too short`);
    return password;
  }
  for (let left = TRIES, before = "";; left--) {
    const text = `${before}New password for the keyring ${directory}, ${LEAST} characters or more`;
    const answer = await ui.ask({ text, hidden: true });
    if (answer === undefined) throw missing(directory, variable);
    const same = isShort(answer) || (await ui.ask({ text: "Repeat the password", hidden: true }))?.reveal();
    if (same === answer.reveal()) return answer;
    const fault = same === true ? "that is too short" : "the passwords do not match";
    if (left === 1) throw unfit(directory, fault);
    before = `${fault[0]!.toUpperCase()}${fault.slice(1)}. `;
  }
}

function ofVariable(host: Needs<"env">, { configured }: PasswordInput) {
  const variable = host.env.get("ATMOS_KEYRING_PASSWORD_ENV") ?? configured.passwordEnv ?? "ATMOS_KEYRING_PASSWORD";
  const value = host.env.get(variable);
  return { variable, password: value === undefined ? undefined : new Secret(value) };
}

function isShort(password: Secret): boolean {
  return password.reveal().length < LEAST;
}

function missing(directory: string, variable: string): AppError {
  return new AppError("login-needed", `Cannot open keyring "${directory}": its password was not given`, {
    hint: `Run this at a terminal, or set ${variable}`,
  });
}

function unfit(directory: string, found: string): AppError {
  return new AppError("usage", `Cannot set a password for keyring "${directory}": ${found}`, {
    hint: `Choose one of ${LEAST} characters or more, and try again`,
  });
}
