import * as v from "valibot";
import { remarks } from "../../fields.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const LONGEST = 2048;

type PolicyInput = string | Readonly<Record<string, unknown>>;

/** A session policy, as JSON text or as a mapping; comes out as JSON text without blanks, which AWS counts too. */
export const SESSION_POLICY = v.pipe(
  v.union([v.string(), v.record(v.string(), v.any())], "a policy: JSON text or a mapping"),
  v.check((given: PolicyInput) => parsePolicy(given) !== undefined, "valid JSON, or a mapping"),
  v.check((given: PolicyInput) => hasStatement(parsePolicy(given)), must("an IAM policy: a mapping with Statement")),
  v.check(
    (given: PolicyInput) => renderPolicy(given).length <= LONGEST,
    must(`at most ${LONGEST} characters without spaces (AWS's limit)`),
  ),
  v.transform(renderPolicy),
  v.description("session policy that narrows the role's permissions: JSON text or a mapping"),
  remarks({ whole: true }),
);

/** Of a mapping nothing is shown that the words could complete. */
function must(be: string) {
  return ({ input }: { readonly input: PolicyInput }) => typeof input === "string" ? be : `must be ${be}`;
}

function renderPolicy(given: PolicyInput): string {
  return JSON.stringify(parsePolicy(given));
}

/** undefined: it is text, and no JSON. */
function parsePolicy(given: PolicyInput): unknown {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return undefined;
  }
}

function hasStatement(document: unknown): boolean {
  if (typeof document !== "object" || document === null || !("Statement" in document)) return false;
  return typeof document.Statement === "object" && document.Statement !== null;
}
