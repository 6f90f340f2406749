import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { LoginUi, Question } from "../flow/login_host.ts";
import type { RequestedFields } from "./form_step.ts";
import { LOGIN, type Remedy, remedy } from "../../remedy.ts";

const MOST_TRIES = 3;

/** A field of a form, as the person knows it. */
type Part = keyof RequestedFields;

interface GivenAnswers {
  readonly user: Secret | undefined;
  readonly password: Secret | undefined;
}

/** What is known without asking. */
export interface KnownAnswers {
  readonly username: string | undefined;
  readonly password: Secret | undefined;
}

/**
 * What is filled into the forms of one login: from the configuration, from ATMOS_SAML_USERNAME and ATMOS_SAML_PASSWORD,
 * else what the person types. What is configured goes to the first place that asks for a password and to no other.
 */
export class LoginAnswers {
  readonly #ui: LoginUi;
  readonly #given: GivenAnswers;
  readonly #tries = new Map<string, number>();
  #home: string | undefined;
  #user: Secret | undefined;

  constructor(host: Needs<"env">, { provider, ui }: { readonly provider: KnownAnswers; readonly ui: LoginUi }) {
    const [user, password] = ["ATMOS_SAML_USERNAME", "ATMOS_SAML_PASSWORD"].map((name) => host.env.get(name));
    const username = provider.username ?? user;
    this.#ui = ui;
    this.#given = {
      user: username === undefined ? undefined : new Secret(username, { isShown: true }),
      password: provider.password ?? (password === undefined ? undefined : new Secret(password)),
    };
  }

  /** Whether the login can begin: someone is there, or all is configured. */
  get canBegin(): boolean {
    return this.#ui.interactive || (this.#given.user !== undefined && this.#given.password !== undefined);
  }

  /**
   * Values by the names of the fields. AppError "login-denied" when what was filled in before is refused,
   * "login-needed" when no one answers.
   */
  async fill(wanted: RequestedFields, url: URL): Promise<ReadonlyMap<string, string>> {
    const parts = (["user", "password", "code"] as const).filter((part) => wanted[part] !== undefined);
    this.#count(parts, url);
    const filled = new Map<string, string>();
    for (const part of parts) filled.set(wanted[part]!, (await this.#answer(part, url)).reveal());
    return filled;
  }

  /** The same form again means that it was filled in wrongly. */
  #count(parts: readonly Part[], url: URL): void {
    const what = parts.includes("password") ? "password" : parts[0]!;
    const key = `${what} ${url.origin}`;
    const tries = this.#tries.get(key) ?? 0;
    this.#tries.set(key, tries + 1);
    if (tries === 0) return;
    const found = REFUSED[what];
    const configured = what !== "code" && this.#isHome(url) && this.#given[what] !== undefined;
    if (tries >= MOST_TRIES || configured || !this.#ui.interactive) throw makeDenial(url, { found, configured });
    if (what !== "code") this.#user = undefined;
    this.#ui.say(`${url.host}: ${found}. Try again.`);
  }

  async #answer(part: Part, url: URL): Promise<Secret> {
    const given = part === "code" || !this.#isHome(url) ? undefined : this.#given[part];
    const known = given ?? (part === "user" ? this.#user : undefined);
    const answer = known ?? await this.#ui.ask(askPart(part, url));
    if (answer === undefined) throw cannotAsk(part, url);
    if (part === "user") this.#user = answer;
    return part === "code" ? new Secret(answer.reveal()) : answer;
  }

  #isHome({ origin }: URL): boolean {
    this.#home ??= origin;
    return this.#home === origin;
  }
}

const REFUSED: Readonly<Record<Part, string>> = {
  user: "the user name is not accepted",
  password: "the user name or the password is not accepted",
  code: "the code is not accepted",
};

function askPart(part: Part, { host }: URL): Question {
  if (part === "user") return { text: `User name at ${host}`, hidden: false };
  if (part === "password") return { text: `Password at ${host}`, hidden: true };
  return { text: `Code of your second factor at ${host}`, hidden: false };
}

function makeDenial({ host }: URL, { found, configured }: { found: string; configured: boolean }): AppError {
  return new AppError("login-denied", `Cannot log in at "${host}": ${found}`, {
    hint: configured
      ? "Correct the provider's username and password, or ATMOS_SAML_USERNAME and ATMOS_SAML_PASSWORD"
      : remedy`Log in again: ${LOGIN}`,
  });
}

function cannotAsk(part: Part, { host }: URL): AppError {
  const what = { user: "a user name", password: "a password", code: "the code of a second factor" }[part];
  const hint: Remedy = part === "code"
    ? [{ kind: "terminal-login" }]
    : [{ kind: "terminal-login" }, ", or set ATMOS_SAML_USERNAME and ATMOS_SAML_PASSWORD"];
  return new AppError("login-needed", `Cannot log in at "${host}": it asks for ${what}`, { hint });
}
