import { isHidden, showCall, showKey } from "../../../config/values/fetched.ts";
import type { Located } from "../../../config/values/located.ts";
import { makeText } from "../../../config/values/make_located.ts";

/**
 * Returns a value with the call, such as `[!include ~/token]`, in place of all that came from beyond the tree, keys
 * included: what a repository borrows from its user is not shown where others may read it.
 */
export function withoutFetched<T extends Located>(located: T): T;
export function withoutFetched(located: Located): Located {
  const { fetched, place } = located;
  if (located.kind === "scalar") return isHidden(fetched) ? makeText(`[${showCall(fetched)}]`, place) : located;
  if (located.kind === "list") return { ...located, items: located.items.map((item) => withoutFetched(item)) };
  const entries = [...located.entries].map(([name, entry]) =>
    [
      isHidden(entry.fetched) ? `[${showKey(name, entry.fetched)}]` : name,
      { ...entry, value: withoutFetched(entry.value) },
    ] as const
  );
  return { ...located, entries: new Map(entries) };
}
