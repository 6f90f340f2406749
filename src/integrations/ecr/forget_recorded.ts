import { forgetLogins } from "../../docker/forget_logins.ts";
import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";

interface RecordedInput {
  /** Docker's config.json. */
  readonly path: string;
  readonly registries: readonly string[];
  readonly dryRun: boolean;
}

/** Takes docker's recorded logins away; a line for each that was there, or why it could not be. AppErrors of the file. */
export async function forgetRecordedLogins(
  host: StoreHost & Needs<"env" | "run">,
  { path, registries, dryRun }: RecordedInput,
): Promise<readonly (string | AppError)[]> {
  const forgotten = await forgetLogins(host, { path, registries, dryRun, isNamed: false });
  return registries.flatMap((registry, at): readonly (string | AppError)[] => {
    const one = forgotten[at]!;
    if (one instanceof Error) return [one];
    return one === true ? [`docker's login at ${registry} (${path})`] : [];
  });
}
