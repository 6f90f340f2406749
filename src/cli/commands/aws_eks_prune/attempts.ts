import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Globals } from "../../args/global_flags.ts";
import { report, reportStyle } from "../../output/report.ts";

export interface Attempts {
  /** undefined for what failed, which is told. */
  attempt<T>(work: () => T | Promise<T>): Promise<T | undefined>;
  /** The exit status: that of the first failure. */
  status(): number;
}

/** For what goes on whatever fails: each failure is told as it comes. */
export function attempts(host: Needs<"terminal" | "env">, globals: Pick<Globals, "no-color">): Attempts {
  const style = reportStyle(host, globals["no-color"] ? ["--no-color"] : []);
  let status = 0;
  return {
    status: () => status,
    async attempt(work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        report(host, { error, style });
        status ||= error.exitStatus;
        return undefined;
      }
    },
  };
}
