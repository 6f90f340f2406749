import type { Needs } from "../../host/host.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import { printable } from "../output/text.ts";
import { GROUPS, type Registry } from "../args/registry.ts";
import { nextWords } from "../args/route.ts";
import { type Cursor, flagAt, readCursor, type Typing } from "./cursor.ts";
import { lineFlags, type LookHost } from "./context.ts";
import { liveNames } from "./live_names.ts";
import {
  type Candidate,
  fitting,
  flagOffer,
  kindsOffer,
  type Names,
  NOTHING,
  type Offer,
  ownFlagOffer,
  valueOffer,
  words,
} from "./offers.ts";

/** What may stand at the cursor of a command line. Permissions: read, env; nothing is run or asked of the network. */
export async function offerAt(
  host: LookHost & Needs<"sys">,
  { registry, typing }: { readonly registry: Registry; readonly typing: Typing },
): Promise<Offer> {
  const cursor = await readCursor(registry, typing);
  if (cursor === undefined) return NOTHING;
  const line = lineFlags(host, { given: cursor.given, argument: identityArgument(cursor) });
  const names: Names = (kinds) => liveNames(host, { kinds, line });
  const offer = await awaitedOffer(names, cursor) ?? await freshOffer(names, { cursor, registry });
  return offer.kind === "words" ? words(offer.candidates.filter(isPlain).map(onOneLine)) : offer;
}

function identityArgument({ definition, positionals }: Cursor): string | undefined {
  return definition?.args?.complete?.includes("identity") ? positionals[0] : undefined;
}

/** undefined where no flag waits for its value, or one that needs none and no value fits: then it may have ended. */
async function awaitedOffer(names: Names, { awaiting, current, given }: Cursor): Promise<Offer | undefined> {
  if (awaiting === undefined) return undefined;
  const { flag } = awaiting;
  const offer = await valueOffer(names, { flag, typed: current, head: "", taken: listValues(awaiting.name, given) });
  const optional = flag.kind === "string" && flag.optionalValue === true && offer.kind === "words";
  return optional && fitting(offer.candidates, current).length === 0 ? undefined : offer;
}

/** What a new word may be. */
async function freshOffer(
  names: Names,
  { cursor, registry }: { readonly cursor: Cursor; readonly registry: Registry },
): Promise<Offer> {
  const { definition, current, afterDashes } = cursor;
  if (afterDashes) return definition?.args?.passthrough ? { kind: "command" } : await positionalOffer(names, cursor);
  if (current.startsWith("-")) return await inlineOffer(names, cursor) ?? flagOffer(cursor);
  if (definition === undefined) return words(await commandWords(registry, cursor.words));
  const offer = await positionalOffer(names, cursor);
  return offer.kind === "words" && offer.candidates.length === 0 && current === "" ? ownFlagOffer(cursor) : offer;
}

/** The value in `--name=value`, `-n=value` and `-nvalue`; undefined where no value has begun. */
async function inlineOffer(names: Names, { definition, current, given }: Cursor): Promise<Offer | undefined> {
  const [, head = "", typed = ""] = /^(--[^=]+=|-[^-]=?(?=.))(.*)$/s.exec(current) ?? [];
  if (head === "") return undefined;
  const token = flagAt({ ...GLOBAL_FLAGS, ...definition?.flags }, [head.replace(/=$/, ""), "x"]);
  if (token === undefined) return NOTHING;
  return await valueOffer(names, { flag: token.flag, typed, head, taken: listValues(token.name, given) });
}

async function positionalOffer(names: Names, { definition, positionals }: Cursor): Promise<Offer> {
  const args = definition?.args;
  if (args?.complete === undefined || positionals.length >= args.max) return NOTHING;
  const offer = await kindsOffer(names, args.complete);
  return offer.kind === "words" ? words(offer.candidates.filter(({ value }) => !positionals.includes(value))) : offer;
}

/** The words that may come next, with what help says about them. */
async function commandWords(registry: Registry, before: readonly string[]): Promise<readonly Candidate[]> {
  const next = nextWords(Object.keys(registry), before);
  const rows = await Promise.all(next.map(async (value) => {
    const name = [...before, value].join(" ");
    const definition = (await registry[name]?.())?.definition;
    return definition?.hidden ? [] : [{ value, about: definition?.summary ?? GROUPS[name] ?? "" }];
  }));
  return rows.flat();
}

function listValues(name: string, given: Cursor["given"]): readonly string[] {
  return given.flatMap((token) => (token.name === name && token.value !== undefined ? [token.value] : []));
}

/** A name with a control character could not be typed, and could do harm where it is shown. */
function isPlain({ value }: Candidate): boolean {
  return value !== "" && printable(value) === value;
}

function onOneLine({ value, about }: Candidate): Candidate {
  return { value, about: printable(about) };
}
