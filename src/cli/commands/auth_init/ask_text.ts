import { canonicalStartUrl } from "../../../auth/files/sso_session_place.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { printable } from "../../output/text.ts";
import { readTypedAnswer } from "../../prompt/typed_answer.ts";

interface TextQuestion {
  readonly question: string;
  /** What Enter alone means. */
  readonly usual?: string;
  /** The value of an answer. @throws {AppError} for one that cannot be: it is said, and the question comes again */
  readonly check: (answer: string) => string;
}

/**
 * Returns what the user types, asked again until it can be used.
 * @throws {AppError} interrupted where it is given up
 */
export async function askText(
  host: Needs<"terminal">,
  { question, usual, check }: TextQuestion,
): Promise<string> {
  const text = `${printable(question)}${usual === undefined ? "" : ` [${printable(usual)}]`}: `;
  for (;;) {
    const typed = (await readTypedAnswer(host, text))?.trim();
    const answer = typed === "" ? usual ?? "" : typed;
    if (answer === undefined) throw makeCancellation();
    try {
      return check(answer);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      host.terminal.err(`${printable(error.message)}\n`);
    }
  }
}

/** Returns the start URL that the user types. @throws {AppError} interrupted where it is given up */
export async function askStartUrl(host: Needs<"terminal">): Promise<string> {
  const question = "Start URL (such as https://company.awsapps.com/start)";
  return await askText(host, { question, check: readStartUrl });
}

/**
 * Returns the start URL that a text means: `company.awsapps.com/start` and `company` are enough.
 * @throws {AppError} usage for what is no https address
 */
export function readStartUrl(text: string): string {
  const whole = /^[a-z0-9-]+$/i.test(text)
    ? `https://${text}.awsapps.com/start`
    : text.includes("://")
    ? text
    : `https://${text}`;
  const url = URL.parse(whole);
  const isLocal = url?.protocol === "http:" && /^(?:localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (url !== null && (url.protocol === "https:" || isLocal) && url.username === "" && /^[^\s]+$/.test(whole)) {
    return canonicalStartUrl(whole);
  }
  throw new AppError("usage", `Cannot use start URL ${JSON.stringify(text)}: it is not an https address`, {
    hint: "It looks like https://company.awsapps.com/start",
  });
}

/** The error of a user who gives up. */
export function makeCancellation(): AppError {
  return cancelledByUser("Cancelled: nothing was written");
}
