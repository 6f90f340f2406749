import { recordFetched } from "../../hidden_texts.ts";
import type { Fetched, Located } from "./located.ts";

/** What an imported file says is a configuration: messages may have it once it was found to be valid. */
const IMPORTED = /^import: |^configuration from /;

/**
 * Variables that say where the program runs, for which region, or where a service is, and that anyone may see; and what
 * AWS says of the user, which describing a component is there to show.
 */
const OPEN =
  /^!env ["']?(?:AWS_REGION|AWS_DEFAULT_REGION|AWS_PROFILE|USER|LOGNAME|USERNAME|HOME|PWD|HOSTNAME|\w+_(?:HOST|PORT|REGION))(?![A-Za-z0-9_])[^{]*$|^!aws\./;

/** The variables that say which region is called where nothing else does: AWS is told in any case. */
const REGION_VARIABLE = /^!env ["']?(?:AWS_REGION|AWS_DEFAULT_REGION|ATMOS_AWS_REGION)(?![A-Za-z0-9_])[^{]*$/;

/** The call as a message may have it: the text of a command may hold a secret, and is left out. */
export function showCall({ call, byCommand }: Fetched): string {
  return byCommand ? "!exec" : call;
}

/** Whether the value is for no one else unasked: it is from beyond the tree, or says where that is. */
export function isReaching({ isBeyond, isLocal }: Fetched): boolean {
  return isBeyond || isLocal === true;
}

/**
 * Whether the value is what a variable of the region says, and nothing has made it: what a template computes may spell
 * bits of anything as regions.
 */
export function isRegionVariable(fetched: Fetched | undefined): boolean {
  if (fetched === undefined || !REGION_VARIABLE.test(fetched.call)) return false;
  return ![fetched.isMade, fetched.isByValue, fetched.overCommand, fetched.isLocal].includes(true);
}

/** Whether no message of any command may have the text; what another file of the configuration says, it may. */
export function isPrivate(fetched: Fetched | undefined): fetched is Fetched {
  return fetched !== undefined && (fetched.isBeyond || fetched.byCommand === true || fetched.overCommand === true);
}

/** Whether the text is shown by no command, not even by one that is there to show what a configuration comes to. */
export function isHidden(fetched: Fetched | undefined): fetched is Fetched {
  return isPrivate(fetched) && !(fetched.isMade ? fetched.isOpen === true : OPEN.test(fetched.call));
}

/** Returns how what is made of several values was fetched: as the most private of them. */
export function mostPrivate(marks: readonly (Fetched | undefined)[]): Fetched | undefined {
  const isBeyond = marks.some((one) => one?.isBeyond);
  const found = marks.find(isHidden) ?? marks.find((one) => one?.isBeyond) ?? marks.find((one) => one !== undefined);
  return found === undefined || found.isBeyond === isBeyond ? found : { ...found, isBeyond };
}

/** Returns whether a variable is one that anyone may see. */
export function isOpenVariable(name: string): boolean {
  return OPEN.test(`!env ${name}`);
}

/** A key as a message may name it: one that came from elsewhere is named by the call. */
export function showKey(name: string, fetched: Fetched | undefined): string {
  return isPrivate(fetched) ? `a key of ${showCall(fetched)}` : name;
}

/** Returns the name of a stack or component as any list has it: with the call in its place where it is made of what is hidden. */
export function showName(
  { text, fetched }: { readonly text: string; readonly fetched?: Fetched | undefined },
): string {
  return isHidden(fetched) ? `[${showCall(fetched)}]` : text;
}

/** Records a text if it is private: a value, or the name of an entry. */
export function recordPrivate(text: string, fetched: Fetched | undefined): void {
  if (isHidden(fetched) && !IMPORTED.test(fetched.call)) recordFetched(text, showCall(fetched));
}

/**
 * Records what a value has that the source which it was made from has not, names too: it may spell what was read. A text
 * of the source's own words says nothing.
 */
export function recordMade(
  value: Located,
  { source, fetched }: { readonly source: string; readonly fetched: Fetched },
): void {
  const own = new Set(splitWords(source));
  const seen = new Set<unknown>();
  const isNew = (one: unknown) => seen.size < seen.add(one).size;
  const record = (text: string) => {
    if (isNew(text) && !splitWords(text).every((word) => own.has(word))) recordFetched(text, showCall(fetched));
  };
  const recordIn = (one: Located): void => {
    if (one.kind === "scalar") return record(one.text);
    if (!isNew(one)) return;
    if (one.kind === "list") return one.items.forEach(recordIn);
    for (const [name, entry] of one.entries) {
      record(name);
      recordIn(entry.value);
    }
  };
  recordIn(value);
}

function splitWords(text: string): readonly string[] {
  return text.split(/[^\w.+/=-]+/);
}

/** Records every private text of a value, so that no message has it; gives the value back. */
export function recordFetchedIn<T extends Located | undefined>(value: T): T {
  const seen = new Set<Located>();
  const record = (one: Located): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.kind === "list") one.items.forEach(record);
    if (one.kind === "map") { for (const entry of one.entries.values()) record(entry.value); }
    if (one.kind === "scalar") recordPrivate(one.text, one.fetched);
  };
  if (value !== undefined) record(value);
  return value;
}

/** Records the text of a variable that a template reads, like that of `!env`; gives it back. */
export function recordVariable(name: string, text: string): string {
  if (!isOpenVariable(name)) recordFetched(text, `!env ${name}`);
  return text;
}
