import type { GenericSchema } from "valibot";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { hideAddressUser } from "../../formats/text/hide_address_secrets.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { expandHome, isAbsolute, resolve } from "../../store/paths.ts";
import { isReaching, showKey } from "../values/fetched.ts";
import type { Fetched, Located, LocatedScalar } from "../values/located.ts";
import { isNothing } from "./plain_value.ts";
import { getFields, getMember, getRemarks, type Remarks } from "./schema.ts";
import { getPlace, type SchemaCursor } from "./cursor.ts";
import { type BarePower, type PowerClass, type TrustClass, UNJUDGED } from "./trust_class.ts";

/** What tells whose credentials go where an entry sends them. */
export interface CredentialSource {
  /** What the entry, and each that its names lead to, says of that, as trusted. */
  readonly text: Secret;
  /** What says it, and anything else of the entry: files, and what else values are from. */
  readonly files: readonly string[];
  /** The same of all whose credentials go there because they have something in common: one object for all such entries. */
  readonly shared?: Pick<CredentialSource, "text">;
}

/** A value that needs trust where a file of the working tree gives it. */
export interface Power extends BarePower {
  /** What says whose credentials go there, which is trusted with it; undefined outside an entry. */
  readonly source?: () => CredentialSource;
  /** The files beyond the tree that its calls were found to lead to, as far as these do not say so. */
  readonly targets?: readonly string[];
  /** Whether that path is absolute only because the current directory, or `base_path`, was put before it. */
  readonly isMadeAbsolute?: true;
  /** Whether this machine makes it ordinary; undefined when nothing does. */
  readonly isOrdinary?: (host: Needs<"read" | "env" | "sys">) => boolean;
  /** The powers in the file that it names; undefined where such files have none. */
  readonly contents?: (host: Needs<"read" | "env" | "sys">) => Promise<readonly BarePower[]>;
}

/**
 * Returns the absolute path that a power names, if it names another one in another directory: then even a file of the
 * user's own leaves it to the current directory what is meant. Permissions: read, env.
 */
export function findNamedHere(
  host: Needs<"read" | "env">,
  { names, isMadeAbsolute }: Pick<Power, "names" | "isMadeAbsolute">,
): string | undefined {
  if (names === undefined) return undefined;
  const said = expandHome(host, names) ?? names;
  return isAbsolute(said) && isMadeAbsolute !== true ? undefined : resolve(host.read.cwd(), said);
}

/**
 * Returns the powers among the values at a spot: those of fields of that class, and those of ordinary fields that reach
 * beyond the tree (`!env`, `!include`), unless the field's form leaves no room for a secret. Which file says a value is
 * for others to judge.
 */
export function powersIn(schema: GenericSchema, spot: SchemaCursor): readonly Power[] {
  return inSpot({ schema, spot, inherited: UNJUDGED, parent: spot.located });
}

interface Search {
  readonly schema: GenericSchema;
  readonly spot: SchemaCursor;
  /** The class of what holds it. */
  readonly inherited: TrustClass;
  readonly parent: Located;
}

function inSpot({ schema, spot, inherited, parent }: Search): readonly Power[] {
  const { located } = spot;
  if (isNothing(located, schema) && located.fetched === undefined) return [];
  const remarks = getRemarks(schema);
  const trust = remarks.trust ?? inherited;
  // Only a trusted command prints anything; what a relative path leads to, the current directory says.
  if (isPrinted(located) && !(trust.class === "power" && trust.namesFile)) return [];
  if (remarks.trust === undefined && hasParts(schema, located)) return inParts({ schema, spot, inherited, parent });
  if (trust.class === "power") return [powerAt(spot, { trust, parent, isSecret: remarks.secret === true })];
  if (isClosed(remarks, located)) return [];
  return findFetched(located).map(({ found, at }) => reachingPower(dottedPath([...spot.path, ...at]), found));
}

/** Whether all that was fetched for it is what commands have printed. */
function isPrinted(located: Located): boolean {
  return fetchedParts(located).every(({ fetched }) => fetched?.byCommand);
}

function isClosed({ closed }: Remarks, located: Located): boolean {
  if (located.fetched?.isMade === true || closed === undefined) return false;
  return closed === true || (located.kind === "scalar" && closed(located));
}

/** A mapping with fields, each of which has a class of its own; of a list, the items. */
function hasParts(schema: GenericSchema, { kind }: Located): boolean {
  return kind === "map" ? getFields(schema) !== undefined : kind === "list" && getMember(schema, 0) !== undefined;
}

function inParts({ schema, spot, inherited }: Search): readonly Power[] {
  const { located, path } = spot;
  if (located.kind === "scalar") return [];
  const parts = located.kind === "list"
    ? located.items.map((item, at) => ({ key: item.place, value: item, name: at }))
    : [...located.entries].map(([name, entry]) => ({ ...entry, name }));
  return parts.flatMap(({ key, value, name }) => {
    const inner = getMember(schema, name);
    // What no schema knows is read by nothing.
    if (inner === undefined) return [];
    return inSpot({ schema: inner, spot: { located: value, key, path: [...path, name] }, inherited, parent: located });
  });
}

function powerAt(
  spot: SchemaCursor,
  { trust, parent, isSecret }: { readonly trust: PowerClass; readonly parent: Located; readonly isSecret: boolean },
): Power {
  const { located } = spot;
  const { fetched } = located;
  const { unless, contents, about = [] } = trust;
  const beside = about.map((name) => parent.kind === "map" ? parent.entries.get(name)?.value : undefined);
  const text = renderText(located, ({ text }) => text);
  const named = trust.namesFile ? { names: text, ...(fetched?.isLocal ? { isMadeAbsolute: true as const } : {}) } : {};
  const isOrdinary = (host: Needs<"read" | "env" | "sys">) =>
    unless?.holds(host, { value: located, parent }) === true ||
    (isPrinted(located) && findNamedHere(host, named) === undefined);
  return {
    path: dottedPath(spot.path),
    place: fetched?.place ?? getPlace(spot),
    content: new Secret(
      JSON.stringify([
        fetched?.call,
        renderTrustedText(located),
        ...beside.map((one) => one && renderTrustedText(one)),
      ]),
      { isShown: true },
    ),
    ...targetsIn(located),
    shown: visibleCall(fetched) ?? (isSecret ? "[hidden]" : showText(located)),
    reason: trust.reason,
    ...(trust.runs ? { runs: text } : {}),
    ...named,
    ...(unless === undefined && !isPrinted(located) ? {} : { isOrdinary }),
    ...(contents && { contents: (host) => contents(host, { value: located, by: located.place.file }) }),
  };
}

/** Returns a value as it is trusted: how it was fetched, and what it is where others may change that. */
export function renderTrustedText(located: Located): string {
  return renderText(located, trustedText);
}

/**
 * What comes from a command or from beyond the tree is trusted whatever it is, if the call names it; what was fetched
 * inside, or made of what was fetched, as it is now.
 */
function trustedText({ text, fetched }: LocatedScalar): string {
  if (fetched === undefined) return text;
  const isNamed = (fetched.isBeyond || fetched.byCommand === true) && !isTrustedByValue(fetched);
  return isNamed ? [fetched.call, fetched.target ?? []].flat().join(" -> ") : `${fetched.call}\n${text}`;
}

function isTrustedByValue({ isMade, isByValue }: Fetched): boolean {
  return isMade === true || isByValue === true;
}

/** The files beyond the tree that the calls in a value lead to, where these do not say so themselves. */
function targetsIn(located: Located): Pick<Power, "targets"> {
  const targets = new Set(fetchedParts(located).flatMap(({ fetched }) => fetched?.target ?? []));
  return targets.size === 0 ? {} : { targets: [...targets] };
}

/** A value and all in it. */
function fetchedParts(located: Located): readonly Located[] {
  if (located.kind === "scalar") return [located];
  const parts = located.kind === "list" ? located.items : [...located.entries.values()].map(({ value }) => value);
  return [located, ...parts.flatMap(fetchedParts)];
}

/**
 * Returns a value as it may be shown, all of it: what was fetched may be something that no one meant to show, and what
 * is left out of a text would be trusted unseen.
 */
export function showText(located: Located): string {
  const ofScalar: ScalarText = ({ text, fetched }) => visibleCall(fetched) ?? hideAddressUser(text);
  if (located.kind !== "scalar") return JSON.stringify(shortestFirst(toPlainValue(located, ofScalar)));
  return JSON.stringify(ofScalar(located));
}

/** A long value is cut where it is shown: the name beside it is to stand before it. */
function shortestFirst(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortestFirst);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, shortestFirst(part)] as const);
  const getLength = ([name, part]: readonly [string, unknown]) => name.length + JSON.stringify(part).length;
  return Object.fromEntries(entries.sort((one, other) => getLength(one) - getLength(other)));
}

/** A path of this machine is shown as it is. */
function visibleCall(fetched: Fetched | undefined): string | undefined {
  return fetched?.isLocal && !fetched.isBeyond ? undefined : fetched?.call;
}

/** Returns the power of a value that is sent to AWS and was fetched from beyond the tree. */
export function reachingPower(path: string, located: Located & { readonly fetched: Fetched }): Power {
  const { call, place } = located.fetched;
  const trusted = fetchedParts(located).flatMap((part) => part.fetched === undefined ? [] : reachedTexts(part));
  const content = new Secret(JSON.stringify([...new Set([call, ...trusted])]), { isShown: true });
  return { path, place, content, shown: call, reason: "reaches beyond this configuration", ...targetsIn(located) };
}

/** What is trusted of one part of a value: its call, and the value with its names where the call does not name it. */
function reachedTexts(part: Located): readonly string[] {
  const { call } = part.fetched!;
  return isTrustedByValue(part.fetched!) ? [call, renderText(part, ({ text }) => text)] : [call];
}

export interface FoundCall {
  readonly found: Located & { readonly fetched: Fetched };
  /** Keys below the value that was searched. */
  readonly at: readonly (string | number)[];
}

/** The calls that reach beyond the tree, each once, where they are met first. */
export function findFetched(located: Located): readonly FoundCall[] {
  const { fetched } = located;
  if (fetched !== undefined && isReaching(fetched)) return [{ found: { ...located, fetched }, at: [] }];
  if (located.kind === "scalar") return [];
  const parts = located.kind === "list"
    ? located.items.map((value, name) => ({ name, value }))
    : [...located.entries].map(([name, { value, fetched }]) => ({ name: showKey(name, fetched), value }));
  return parts.flatMap(({ name, value }) => findFetched(value).map((one) => ({ ...one, at: [name, ...one.at] })));
}

type ScalarText = (scalar: LocatedScalar) => string;

/** A scalar's text; of anything bigger, all of it as JSON. */
function renderText(located: Located, ofScalar: ScalarText): string {
  return located.kind === "scalar" ? ofScalar(located) : JSON.stringify(toPlainValue(located, ofScalar));
}

function toPlainValue(located: Located, ofScalar: ScalarText): unknown {
  if (located.kind === "scalar") return ofScalar(located);
  if (located.kind === "list") return located.items.map((item) => toPlainValue(item, ofScalar));
  return Object.fromEntries([...located.entries].map(([name, { value }]) => [name, toPlainValue(value, ofScalar)]));
}
