import { authSpot } from "../../../config/schema/sections.ts";
import type { Problem } from "../../../config/values/located.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { AuthOf } from "../../project/load.ts";

/** What the check of a configuration came to. */
export interface Verdict {
  /** Without errors; warnings are allowed. */
  readonly valid: boolean;
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly problems: readonly Problem[];
  /** undefined when there is no auth section. */
  readonly model: ConfigModel | undefined;
}

export function verdictOf({ config, model, problems }: AuthOf): Verdict {
  return {
    valid: problems.every(({ severity }) => severity !== "error"),
    files: config.files,
    profiles: config.profiles,
    problems,
    model: authSpot(config.root.entries.get("auth")?.value) === undefined ? undefined : model,
  };
}
