import { IDENTITY_CONFIG, type InheritedIdentity } from "../../auth/model/inherited_identity.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import type { SourceHost } from "../../config/sources.ts";
import type { Needs } from "../../host/host.ts";
import { isWithoutIdentity } from "../args/global_flags.ts";
import { type ChoiceInput, findLocation, readProjectChoice } from "./project_choice.ts";

/**
 * Returns what was chosen for the configuration on this machine, and what the environment says for another one.
 * Permissions: read, env, sys.
 */
export function readChosenIdentity(
  host: SourceHost & Needs<"sys">,
  input: ChoiceInput,
): Pick<AuthModel, "used" | "picked" | "inherited"> {
  const { used, picked } = readProjectChoice(host, input) ?? {};
  const inherited = findInherited(host, input);
  return {
    ...(used === undefined ? {} : { used }),
    ...(picked === undefined ? {} : { picked }),
    ...(inherited === undefined ? {} : { inherited }),
  };
}

/** Without the second variable a user has set the first one: it is meant wherever it is used. */
function findInherited(host: SourceHost & Needs<"sys">, input: ChoiceInput): InheritedIdentity | undefined {
  const [name = "", location = ""] = ["ATMOS_IDENTITY", IDENTITY_CONFIG].map((variable) => host.env.get(variable));
  if (name === "" || location === "" || isWithoutIdentity({ identity: name })) return undefined;
  return findLocation(host, input) === location ? undefined : { name, location };
}
