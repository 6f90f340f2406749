/** The shapes that the fields of several kinds share. Each message completes "found ...: must be ...". */
import * as v from "valibot";
import { REGION } from "../../aws/names/names.ts";
import { isRegionVariable } from "../../config/values/fetched.ts";
import { DURATION, DURATION_IS, parseDuration } from "../../formats/text/duration.ts";
import { Secret } from "../../secret.ts";
import { regionDoubt } from "./region_doubt.ts";
import type { Remarks } from "../../config/schema/schema.ts";

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const SERVICE_URL =
  /^(?:https:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(?:[/?#]\S*)?$/;

/** Why an endpoint is a power. */
export const WHERE_AWS_IS = "sets the AWS endpoint";

/** Why a file of a token or of an assertion is a power. */
export const FILE_TO_AWS = { reason: "sets a file that is sent to AWS", namesFile: true } as const;

export function remarks<T>(remarks: Remarks): v.MetadataAction<T, Record<string, unknown>> {
  return v.metadata({ ...remarks });
}

export function text(about: string) {
  return v.pipe(v.string(), v.nonEmpty("a non-empty string"), v.description(about));
}

/** A field that only other versions of atmos read: a value, but the one that means none, is warned of. */
export function noEffect<S extends v.GenericSchema>(schema: S, given: NonNullable<Remarks["noEffect"]> = {}) {
  return v.pipe(schema, remarks<v.InferOutput<S>>({ noEffect: given }));
}

/** Text of a certain form. */
export function form(pattern: RegExp, is: { readonly about: string; readonly allowed: string }) {
  return v.pipe(v.string(), v.regex(pattern, is.allowed), v.description(is.about));
}

/** Text that is never printed. */
export function secret(about: string) {
  return v.pipe(
    v.string(),
    v.nonEmpty("a non-empty string"),
    v.description(about),
    remarks({ secret: true }),
    v.transform((value) => new Secret(value)),
  );
}

/** Text that may be written as a bare number or boolean. */
export function looseText(about: string) {
  return v.pipe(
    v.union([v.string(), v.number(), v.boolean()], "a string"),
    v.description(about),
    remarks({ readsText: true }),
    v.transform(String),
  );
}

export function flag(about: string) {
  return v.pipe(v.boolean(), v.description(about));
}

/** One of a few words; empty text is no choice, as in the Go atmos, and said to be none. */
export function choice<const O extends readonly [string, ...string[]]>(options: O, about: string) {
  return v.pipe(
    v.picklist(options),
    v.description(about),
    remarks({
      emptyIsNothing: true,
      doubt: ({ text }) => text === "" ? { message: "empty, so the default is used" } : undefined,
      jsonSchema: { enum: [...options, ""] },
    }),
  );
}

export function list(about: string) {
  return v.pipe(v.array(v.pipe(v.string(), v.nonEmpty("a non-empty string"))), v.description(about));
}

export function region(about: string) {
  return v.pipe(
    v.string(),
    v.regex(REGION, "an AWS region such as us-east-2"),
    v.maxLength(63, "an AWS region such as us-east-2"),
    v.description(about),
    remarks({ doubt: regionDoubt, closed: ({ fetched }) => isRegionVariable(fetched) }),
  );
}

/** Twelve digits; a bare number is taken as it is written, a leading zero included. */
export function accountId(about: string) {
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(), v.regex(/^\d{12}$/, "the 12 digits of an AWS account")),
        v.pipe(v.number(), v.integer(), v.minValue(100_000_000), v.maxValue(999_999_999_999)),
      ],
      "the 12 digits of an AWS account",
    ),
    v.description(about),
    remarks({ readsText: true }),
    v.transform(String),
  );
}

export function roleArn(about: string) {
  return form(ROLE_ARN, { about, allowed: "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/NAME" });
}

/** An address of a service: https, or http on this machine. */
export function serviceUrl(about: string) {
  return v.pipe(
    form(SERVICE_URL, { about, allowed: "an https:// address without a user name (http:// only on this machine)" }),
    v.check((value) => URL.canParse(value), "an address with a valid host and port"),
  );
}

interface Limits {
  readonly about: string;
  /** As in a configuration: "15m". */
  readonly min?: string;
  readonly max?: string;
}

/** A duration as milliseconds. */
export function duration({ about, min, max }: Limits) {
  const [from, to] = [parseDuration(min ?? "0"), max === undefined ? Infinity : parseDuration(max)];
  const range = max === undefined ? `at least ${min ?? "0s"}` : `from ${min ?? "0s"} to ${max}`;
  return v.pipe(
    v.union(
      [v.pipe(v.string(), v.regex(DURATION, DURATION_IS)), v.pipe(v.number(), v.minValue(0, DURATION_IS))],
      DURATION_IS,
    ),
    v.check((value) => within(parseDuration(value), { from, to }), `a duration ${range} (AWS's limit)`),
    v.description(`${about}, ${range}`),
    v.transform(parseDuration),
  );
}

function within(ms: number, range: { readonly from: number; readonly to: number }): boolean {
  return ms >= range.from && ms <= range.to;
}
