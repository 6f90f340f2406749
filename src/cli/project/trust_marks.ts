import { inOrder } from "../../config/schema/entry.ts";
import type { Problem } from "../../config/values/located.ts";
import type { AuthOf } from "./load.ts";

/** Returns the configuration with a warning for each setting that needs trust before a command would use it. */
export async function withTrustMarks(auth: AuthOf): Promise<AuthOf> {
  const untrusted = await auth.trust.untrusted(auth.model.powers);
  const marks = untrusted.map(({ path, place, reason, isChanged }): Problem => {
    const since = isChanged ? ", and has changed since" : "";
    return { severity: "warning", place, path, message: `it ${reason}${since}: needs your trust (atmos auth trust)` };
  });
  return { ...auth, problems: inOrder([...auth.problems, ...marks]) };
}
