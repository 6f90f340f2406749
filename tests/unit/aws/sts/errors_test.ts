import assert from "node:assert/strict";
import { durationFailure } from "../../../../src/aws/sts/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

interface Said {
  readonly message: string;
  readonly name?: string;
  readonly durationSeconds?: number;
  readonly roleArn?: string;
}

function failure({ message, name = "ValidationError", ...asked }: Said) {
  return durationFailure({ error: Object.assign(new Error(message), { name }), doing: "do it", ...asked });
}

const CHAIN = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
const MAX = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
const AT =
  "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have";

const cases: readonly (readonly [Said, string, RegExp])[] = [
  [
    { message: CHAIN, durationSeconds: 43_200 },
    "Cannot do it for 12 h: AWS caps the session of a role that another role assumes at 1 hour",
    /1 hour at most/,
  ],
  [
    { message: MAX, durationSeconds: 5400, roleArn: "arn:aws:iam::123456789012:role/a/b" },
    "Cannot do it for 90 min: that is more than the role's MaxSessionDuration",
    /--role-name b --max-session-duration 5400$/,
  ],
  [{ message: MAX }, "Cannot do it: that is more than the role's MaxSessionDuration", /--role-name NAME/],
  [
    { message: `${AT} value greater than or equal to 900`, durationSeconds: 61 },
    "Cannot do it for 61 s: AWS takes at least 15 min",
    /^Ask for at least 15 min$/,
  ],
  [
    { message: `${AT} value less than or equal to 43200`, name: "ValidationException" },
    "Cannot do it: AWS takes at most 12 h",
    /12 h/,
  ],
];

for (const [said, message, hint] of cases) {
  Deno.test(`a duration that AWS refuses: ${message}`, () => {
    const found = failure(said);
    assert.equal(found?.code, "config-invalid");
    assert.equal(found?.message, message);
    assert.match(renderRemedy({}, found), hint);
  });
}

Deno.test("other failures are not about durations", () => {
  assert.equal(failure({ message: MAX, name: "AccessDenied" }), undefined);
  assert.equal(failure({ message: "the role is invalid" }), undefined);
  assert.equal(durationFailure({ error: undefined, doing: "do it" }), undefined);
});
