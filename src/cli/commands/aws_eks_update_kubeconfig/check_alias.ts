import { aliasFault } from "../../../integrations/eks/alias.ts";
import { refusedName } from "./check_names.ts";

/** An integration's alias may have facts in braces, and so may one that is typed for it. AppError "usage". */
export function checkAlias(alias: string | undefined): void {
  const found = alias === undefined ? undefined : aliasFault(alias);
  if (found !== undefined) throw refusedName({ flag: "alias", name: alias!, found });
}
