import { showTag } from "../../config/values/yaml_tag.ts";
import type { FilePosition, FunctionText, Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { locateValues } from "../../config/functions/locate_values.ts";
import { splitWords } from "../../config/functions/split_words.ts";
import { makeFromJson, makeText, markFetched } from "../../config/values/make_located.ts";
import { parseSource } from "../../config/files/source_file.ts";
import { type FunctionHost, YAML_FUNCTIONS } from "../../config/functions/yaml_functions.ts";
import { AppError } from "../../errors.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import { type Includer, isInclude } from "./includer.ts";
import { isUnset } from "./merge_sections.ts";
import { stackError, untoldError } from "./stack_error.ts";

/** Of the functions of atmos.yaml, those that ask nothing but the machine. */
const SHARED: readonly string[] = ["!env", "!repo-root", "!cwd", "!random"];
const CALLED: readonly string[] = ["!include", "!include.raw", "!template", ...SHARED];

/** Functions that would need terraform, a store, git or a program: they stay as they are written. */
const NOT_CALLED = /^!(?:terraform|store|secret|git|exec|cel|emulator|labels|tags|version|aws)(?:\.|$)/;

const AWS_VALUES = ["account_id", "caller_identity_arn", "caller_identity_user_id", "region"] as const;
type AwsValue = typeof AWS_VALUES[number];
/** Gives what `!aws.account_id` and the like stand for: it may have to ask AWS. */
export type AskAws = (value: AwsValue) => Promise<string>;

type CallScalar = LocatedScalar & { readonly call: FunctionText };

/** What a function in a manifest may look at. */
export interface Surroundings {
  readonly includer: Includer;
  /** The variables that manifests set, which `!env` knows before those of the process. */
  readonly env: LocatedMap | undefined;
  /** Without it, functions that ask AWS are not called. */
  readonly aws?: AskAws | undefined;
}

/**
 * The value of a YAML function in a manifest. AppError "config-invalid" for one that fails, and for those that would
 * need terraform, a store or a program. Permissions: read, env.
 */
export async function callFunction(host: FunctionHost, scalar: CallScalar, around: Surroundings): Promise<Located> {
  const { call: { text }, place, fetched } = scalar;
  if (isLiteral(scalar)) return makeText(text, place);
  const value = await answer(host, scalar, around).catch((error) => {
    throw fetched?.isBeyond === true && error instanceof AppError ? untoldError(error, { path: place.file }) : error;
  });
  // What the call itself is made of counts like what it gives.
  return fetched === undefined ? value : markFetched(value, fetched);
}

/** The value of a function that is called while manifests are read; what is no such call is given back. */
export async function callEarly(host: FunctionHost, located: Located, around: Surroundings): Promise<Located> {
  if (located.kind !== "scalar" || located.call === undefined) return located;
  const { call } = located;
  const stays = isNotCalled(call.tag, around) || isUnset(located) || (isTemplate(call.text) && !isLiteral(located));
  return stays ? located : await callFunction(host, { ...located, call }, around);
}

async function answer(host: FunctionHost, { call, place }: CallScalar, around: Surroundings): Promise<Located> {
  const { tag, text } = call;
  if (isInclude(tag)) return await around.includer.include(call, place);
  try {
    if (tag === "!template") return fromText(text, place);
    const value = findAwsValue(tag);
    if (value !== undefined && around.aws !== undefined) return await fromAws(around.aws, { value, text, place });
    const own = tag === "!env" ? await findOwnVariable(host, { text, place }, around) : undefined;
    if (own !== undefined) return own;
    const known = SHARED.includes(tag) ? YAML_FUNCTIONS.get(tag) : undefined;
    if (known === undefined) throw makeNotCalled(tag, place);
    return (await known(host, { ...NO_FILES, text, place })).value;
  } catch (error) {
    if (error instanceof RangeError) throw stackError({ place, found: `${tag}: ${error.message}` });
    throw error;
  }
}

/** The functions that {@link answer} leaves to others read no files. */
const NO_FILES = {
  readYaml: () => Promise.reject(new Error("it reads no files")),
  readBytes: () => {
    throw new Error("it reads no files");
  },
  basePath: () => undefined,
};

/** Returns why a function is not called: it would need more than a manifest may have, or there is none of that name. */
export function makeNotCalled(tag: string, place: FilePosition): AppError {
  const known = NOT_CALLED.exec(tag)?.[0].replace(/\.$/, "");
  const found = known !== undefined
    ? `${showTag(tag) ?? known} cannot be resolved by atmos: write its value here instead`
    : `there is no function ${showTag(tag) ?? "of this name; put a value that begins with ! in quotes"}`;
  return stackError({ place, found, hint: `Write the value in its place, or use one of ${CALLED.join(", ")}` });
}

/** Whether a function is known, and on purpose not called. */
export function isNotCalled(tag: string, { aws }: Pick<Surroundings, "aws">): boolean {
  return NOT_CALLED.test(tag) && (aws === undefined || findAwsValue(tag) === undefined);
}

function findAwsValue(tag: string): AwsValue | undefined {
  return AWS_VALUES.find((value) => tag === `!aws.${value}`);
}

/** Who a user is, is theirs; accounts and regions are what a repository may name. */
async function fromAws(
  aws: AskAws,
  { value, text, place }: { readonly value: AwsValue; readonly text: string; readonly place: FilePosition },
): Promise<Located> {
  if (text.trim() !== "") throw new RangeError("it takes nothing after it");
  const found = makeText(await aws(value), place);
  const isOfUser = value === "caller_identity_arn" || value === "caller_identity_user_id";
  return isOfUser ? markFetched(found, { call: `!aws.${value}`, place, isBeyond: true }) : found;
}

/** A variable that the manifests set; it may be a function itself. One that asks for its own name means the one outside. */
async function findOwnVariable(
  host: FunctionHost,
  { text, place }: { readonly text: string; readonly place: FilePosition },
  around: Surroundings,
): Promise<Located | undefined> {
  const [name = ""] = splitWords(text);
  const entry = around.env?.entries.get(name);
  if (around.env === undefined || entry === undefined) return undefined;
  const { value, fetched = value.fetched } = entry;
  if (value.kind !== "scalar") throw new RangeError(`env.${name} is not a string`);
  const others = { ...around.env, entries: new Map([...around.env.entries].filter(([other]) => other !== name)) };
  const { call } = value;
  const found = call === undefined ? value : await callFunction(host, { ...value, call }, { ...around, env: others });
  if (found.kind !== "scalar") throw new RangeError(`env.${name} is not a string`);
  if (found.value === null) return undefined;
  const own = { ...makeText(found.text, place), ...(found.fetched === undefined ? {} : { fetched: found.fetched }) };
  return fetched === undefined ? own : markFetched(own, fetched);
}

/** `!literal`: whatever is in it, it is no template. */
export function isLiteral({ call }: LocatedScalar): boolean {
  return call?.tag === "!literal";
}

/** `!template`: what was rendered is JSON, a list or mapping in YAML, or text. */
function fromText(rendered: string, place: FilePosition): Located {
  const text = rendered.trim();
  try {
    return makeFromJson(JSON.parse(text), place);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const found = fromYaml(text, place);
  return found === undefined || found.kind === "scalar" ? makeText(text, place) : found;
}

function fromYaml(text: string, place: FilePosition): Located | undefined {
  try {
    const source = parseSource(place.file, new TextEncoder().encode(text));
    return locateValues({ ...source, placeOf: () => place }, { values: new Map() });
  } catch (error) {
    if (error instanceof AppError || error instanceof YamlError) return undefined;
    throw error;
  }
}
