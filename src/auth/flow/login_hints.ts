import { OTHER_CREDENTIALS } from "../../aws/errors/aws_error.ts";
import { AppError, hintLines } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";

/** What those who know no identity say. */
const NAMELESS = /(?:aws sso login(?: --profile \S+)?|atmos auth login)(?=$|,)/gm;

/** For credentials that AWS takes no longer. */
const REFUSED = /aws sso login(?: --profile \S+)?, or renew the access keys\.?/;

/** The hint for credentials that an identity's login has kept: since they look good, only `--force` gets others. */
export function loginAgain(hint: string, identity: string): string {
  return hint.replace(REFUSED, () => `${loginCommand(identity)} --force`);
}

/** The failure of a login whose hint names the identity, which its single steps do not know. */
export function hintedFor(error: unknown, identity: string): unknown {
  return hintedWith(error, loginCommand(identity));
}

/** The same of a call with the credentials that an identity's login has kept. */
export function refusedFor(error: unknown, identity: string): unknown {
  return hintedFor(rehinted(error, (hint) => loginAgain(hint, identity)), identity);
}

/** The same with any other command to type. */
export function hintedWith(error: unknown, command: string): unknown {
  return rehinted(error, (hint) => hint.replace(NAMELESS, () => command).replace(OTHER_CREDENTIALS, ""));
}

function rehinted(error: unknown, change: (hint: string) => string): unknown {
  if (!(error instanceof AppError) || error.hint === undefined) return error;
  const hint = change(error.hint);
  if (hint === error.hint) return error;
  const { code, message, facts, cause, place } = error;
  return new AppError(code, message, {
    hint: hintLines(hint),
    facts,
    cause,
    ...(place === undefined ? {} : { place }),
  });
}

/** What to type to log in as an identity. */
export function loginCommand(identity: string): string {
  return `atmos auth login ${quotePosix(identity)}`;
}
