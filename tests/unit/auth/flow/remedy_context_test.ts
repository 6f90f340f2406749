import { deepEqual, equal } from "node:assert/strict";
import { nameLogin, nameRefused } from "../../../../src/auth/flow/remedy_context.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { AppError } from "../../../../src/errors.ts";
import { LOGIN, OTHER_CREDENTIALS, type Remedy, remedy, type RemedyPart } from "../../../../src/remedy.ts";

function hint(text: Remedy, name = "dev"): string {
  const place = { line: 1, column: 2 };
  const error = new AppError("login-needed", "Cannot x", { hint: text, facts: { a: 1 }, cause: "c", place });
  const named = nameLogin(error, name) as AppError;
  const { code, message, facts, cause, place: kept } = named;
  deepEqual([code, message, facts, cause, kept], ["login-needed", "Cannot x", { a: 1 }, "c", place]);
  return renderRemedy({}, named);
}

function renew(profile: string): RemedyPart {
  return { kind: "profile-login", profile, orKeys: true };
}

Deno.test("remedy: a step that knows no identity gets the name of this one; a name that it has stays", () => {
  equal(hint(remedy`Log in again: ${LOGIN}`), "Log in again: atmos auth login dev");
  equal(hint(["Log in again: ", renew("default")]), "Log in again: atmos auth login dev, or renew the access keys");
  equal(hint(["Log in again: ", renew("x")]), "Log in again: atmos auth login dev, or renew the access keys");
  equal(hint(remedy`Log in again: ${LOGIN}`, "my $x"), "Log in again: atmos auth login 'my $x'");
  equal(hint(["Log in: ", { kind: "login", identity: "other" }]), "Log in: atmos auth login other");
  equal(hint(remedy`Use another identity${OTHER_CREDENTIALS}, or wait.`), "Use another identity, or wait.");
  equal(hint("Type: atmos auth login"), "Type: atmos auth login");
});

Deno.test("remedy: of stored credentials that AWS refuses, a login that asks for others", () => {
  const refused = (text: Remedy) =>
    renderRemedy({}, nameRefused(new AppError("login-needed", "x", { hint: text }), "dev") as AppError);
  equal(refused(["Log in again: ", renew("default")]), "Log in again: atmos auth login dev --force");
  equal(refused(remedy`Use another identity${OTHER_CREDENTIALS}.`), "Use another identity.");
});

Deno.test("remedy: what is known first stays", () => {
  const error = new AppError("login-needed", "x", { hint: remedy`Log in: ${LOGIN}` });
  equal(renderRemedy({}, nameLogin(nameLogin(error, "inner"), "outer") as AppError), "Log in: atmos auth login inner");
});

Deno.test("remedy: no error of ours stays what it is", () => {
  const other = new Error("y");
  equal(nameLogin(other, "dev"), other);
});
