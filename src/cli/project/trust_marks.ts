import { inOrder } from "../../config/schema/entry.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { Problem } from "../../config/values/located.ts";
import { TRUST } from "../../remedy.ts";
import type { LoadedAuth } from "./load.ts";

/** Returns the configuration with a warning for each setting that needs trust before a command would use it. */
export async function withTrustMarks(auth: LoadedAuth): Promise<LoadedAuth> {
  const marks = await findTrustMarks(auth, auth.model.powers);
  return { ...auth, problems: inOrder([...auth.problems, ...marks]) };
}

/** Returns a warning for each of these settings that needs trust before a command would use it. */
export async function findTrustMarks(
  { trust }: Pick<LoadedAuth, "trust">,
  powers: readonly Power[],
): Promise<readonly Problem[]> {
  const untrusted = await trust.untrusted(powers);
  return untrusted.map(({ path, place, reason, isChanged }): Problem => {
    const since = isChanged ? ", and has changed since" : "";
    return { severity: "warning", place, path, message: `it ${reason}${since}: needs your trust`, remedy: TRUST };
  });
}
