import { deepEqual, equal } from "node:assert/strict";
import { hintedFor, loginCommand, refusedFor } from "../../../../src/auth/flow/login_hints.ts";
import { AppError } from "../../../../src/errors.ts";

function hint(text: string, name = "dev"): string | undefined {
  const place = { line: 1, column: 2 };
  const error = new AppError("login-needed", "Cannot x", { hint: text, facts: { a: 1 }, cause: "c", place });
  const { code, message, facts, cause, place: kept, hint } = hintedFor(error, name) as AppError;
  deepEqual([code, message, facts, cause, kept], ["login-needed", "Cannot x", { a: 1 }, "c", place]);
  return hint;
}

Deno.test("hint: whoever knows no identity gets the name of this one", () => {
  equal(hint("Log in again: atmos auth login"), "Log in again: atmos auth login dev");
  const renew = ", or renew the access keys.";
  equal(hint(`Log in again: aws sso login${renew}`), `Log in again: atmos auth login dev${renew}`);
  equal(hint(`Log in again: aws sso login --profile x${renew}`), `Log in again: atmos auth login dev${renew}`);
  equal(hint("Log in again: atmos auth login", "my $x"), "Log in again: atmos auth login 'my $x'");
  equal(hint("Log in: atmos auth login other"), "Log in: atmos auth login other");
  equal(
    hint("Use another identity (--profile, --assume-role-arn), or have x allowed."),
    "Use another identity, or have x allowed.",
  );
});

Deno.test("hint: of kept credentials that AWS refuses, a login that asks for others", () => {
  const refused = (text: string) =>
    (refusedFor(new AppError("login-needed", "x", { hint: text }), "dev") as AppError).hint;
  equal(
    refused("Log in again: aws sso login, or renew the access keys."),
    "Log in again: atmos auth login dev --force",
  );
  equal(refused("Use another identity (--profile, --assume-role-arn)."), "Use another identity.");
});

Deno.test("hint: what has none, or is no error of ours, stays what it is", () => {
  const [plain, other] = [new AppError("usage", "x"), new Error("y")];
  equal(hintedFor(plain, "dev"), plain);
  equal(hintedFor(other, "dev"), other);
});

Deno.test("login command: a name is one word of the shell", () => {
  equal(loginCommand("dev/eks"), "atmos auth login dev/eks");
  equal(loginCommand("it's"), `atmos auth login 'it'"'"'s'`);
});
