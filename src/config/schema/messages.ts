import { hideAddressUser } from "../../formats/text/hide_address_secrets.ts";
import type { BaseIssue } from "valibot";
import { showCall } from "../values/fetched.ts";
import type { Fetched, Located, LocatedScalar } from "../values/located.ts";
import { closest } from "../../formats/text/closest.ts";
import { getFields, getRemarks, readDescription } from "./schema.ts";
import type { Found } from "./cursor.ts";

const LONGEST = 60;
const HIDDEN = "[hidden]";

/** What was found, what is allowed, did you mean. Never a secret. */
export function wording(issue: BaseIssue<unknown>, found: Found): string {
  if (found.missing) return `missing: ${readDescription(found.schema) ?? "it is required"}`;
  if (issue.type === "never") return issue.message;
  if (issue.kind === "validation" && found.located.kind !== "scalar") return issue.message;
  const options = listOptions(issue);
  const allowed = options === undefined ? describeAllowed(issue, found) : joinNames(options);
  return `found ${finding(issue, found)}: must be ${allowed}${suggestion(found, options)}`;
}

/** "a, b or c" */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** `; did you mean "a"?`, or nothing, also for a word that came from elsewhere: it would be as good as quoted. */
export function didYouMean(
  { text, fetched }: { readonly text: string; readonly fetched?: Fetched | undefined },
  candidates: readonly string[],
): string {
  const near = fetched === undefined ? closest(text, candidates) : [];
  return near.length === 0 ? "" : `; did you mean ${joinNames(near.map(quote))}?`;
}

/** In quotes, control characters escaped, long text cut, passwords and queries of URLs hidden, and a whole file's text. */
export function quote(text: string): string {
  if (text.includes("\n")) return `"[${text.split("\n").length} lines]"`;
  // Of a URL, an `@` behind the host is none of a user's; a password that makes it none may have any of these.
  const bare = URL.canParse(text) ? hideAddressUser(text, HIDDEN) : text.replace(/\/\/[^/\s]*@/g, `//${HIDDEN}@`);
  const safe = bare
    .replace(/(:\/\/[^?#\s]*)[?#]\S*/g, `$1?${HIDDEN}`)
    .replace(/\?[^\s?]*=\S*/g, `?${HIDDEN}`);
  return JSON.stringify(safe.length > LONGEST ? `${safe.slice(0, LONGEST - 3)}...` : safe);
}

/**
 * A value as a message has it: {@link quote}, or what brought it where it came from elsewhere: a message quotes what is
 * written in the configuration, never what it was turned into.
 */
export function showValue({ text, fetched }: LocatedScalar): string {
  if (fetched === undefined) return quote(text);
  const call = showCall(fetched);
  return `the value of ${call.length > LONGEST ? `${call.slice(0, LONGEST - 3)}...` : call}`;
}

/** What kind of value it is, without the value. */
export function describeType(located: Located): string {
  if (located.kind !== "scalar") return located.kind === "map" ? "a mapping" : "a list";
  if (located.value === null) return "nothing";
  const sorts = { string: "a string", number: "a number", boolean: "true or false" } as const;
  return sorts[typeof located.value as keyof typeof sorts];
}

function finding(issue: BaseIssue<unknown>, { located, schema }: Found): string {
  const hidden = getRemarks(schema).secret === true || (issue.kind === "schema" && wantsParts(issue));
  if (located.kind !== "scalar" || (hidden && located.fetched === undefined)) return describeType(located);
  if (typeof located.value === "string" || located.fetched !== undefined) return showValue(located);
  return `${describeType(located) === "a number" ? "the number " : ""}${located.text}`;
}

function wantsParts(issue: BaseIssue<unknown>): boolean {
  return issue.type === "object" || issue.type === "array";
}

function describeAllowed(issue: BaseIssue<unknown>, { located, schema }: Found): string {
  if (issue.kind === "validation" || issue.type === "union") return issue.message;
  if (issue.type === "string") {
    return located.kind === "scalar" && located.fetched === undefined ? "a string: put it in quotes" : "a string";
  }
  if (issue.type === "boolean") return "true or false";
  if (issue.type === "array") return "a list";
  if (issue.type === "record") return "a mapping";
  const fields = Object.keys(schema === undefined ? {} : getFields(schema) ?? {});
  return fields.length === 0 ? `a ${issue.type}` : `a mapping with ${joinNames(fields)}`;
}

function listOptions(issue: BaseIssue<unknown>): readonly string[] | undefined {
  if (issue.type !== "picklist" && issue.type !== "literal") return undefined;
  return [...(issue.expected ?? "").matchAll(/"([^"]*)"/g)].map((found) => found[1]!);
}

function suggestion({ located }: Found, options: readonly string[] | undefined): string {
  if (options === undefined || located.kind !== "scalar" || typeof located.value !== "string") return "";
  return closest(located.value, options).length === options.length ? "" : didYouMean(located, options);
}

/** Returns what an identity is told that a login may find: `no login with provider "sso" has found it`. */
export function notFoundYet(foundBy: readonly string[]): string {
  return `no login with provider ${joinNames(foundBy.map(quote))} has found it`;
}
