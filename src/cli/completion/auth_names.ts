import type { Located } from "../../config/values/located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { ConfigGlobals } from "../project/load.ts";
import type { Candidate } from "./offer.ts";
import { type LookHost, quietConfig } from "./quiet_config.ts";

interface Wanted {
  readonly globals: ConfigGlobals;
  readonly family: "providers" | "identities" | "integrations";
  /** Any kind when absent. */
  readonly kinds?: readonly string[];
}

/** Names of the auth section, with the broken ones: whoever is about to use one will hear what is wrong with it. */
export async function authNames(host: LookHost, { globals, family, kinds }: Wanted): Promise<readonly Candidate[]> {
  const { root } = await quietConfig(host, globals);
  const section = valueAt(root, ["auth", family]);
  if (section?.kind !== "map") return [];
  const entries = [...section.entries].map(([name, { value }]) => ({ name, value }));
  const meant = entries.filter(({ value }) => kinds === undefined || kinds.includes(textAt(value, ["kind"]) ?? ""));
  return meant.map(({ name, value }) => ({ value: name, about: about(value) }));
}

function about(entry: Located): string {
  const via = textAt(entry, ["via", "identity"]) ?? textAt(entry, ["via", "provider"]);
  const kind = textAt(entry, ["kind"]) ?? "";
  return via === undefined ? kind : `${kind} via ${via}`;
}
