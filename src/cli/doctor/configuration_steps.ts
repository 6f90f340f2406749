import type { Needs } from "../../host/host.ts";
import { trustCommand } from "../../config/trust/trust_command.ts";
import type { ConfigHost } from "../../config/load_config.ts";
import type { Power } from "../../config/schema/powers.ts";
import { AppError } from "../../errors.ts";
import { CHECK, remedy } from "../../remedy.ts";
import { type ConfigGlobals, configInput } from "../project/config_input.ts";
import { type LoadedAuth, loadProjectAuth, problemLine, quietGate } from "../project/load.ts";
import { formatCount } from "../output/text.ts";
import { failure, failureFrom, ok, skipped, type Step, type Verdict, warning } from "./step.ts";

interface Configuration {
  readonly auth: LoadedAuth | undefined;
  readonly steps: readonly Step[];
}

/** Returns the configuration that the flags mean, as far as it can be read, and what is wrong with it. */
export async function readConfiguration(host: ConfigHost, globals: ConfigGlobals): Promise<Configuration> {
  try {
    const auth = await loadProjectAuth(host, globals, quietGate(host, globals));
    return { auth, steps: [{ id: "configuration", ...judgeConfiguration(host, auth) }] };
  } catch (error) {
    const untrusted = error instanceof AppError && error.code === "untrusted";
    const fix = untrusted ? trustCommand(host, configInput(globals)) : undefined;
    return { auth: undefined, steps: [{ id: "configuration", ...failureFrom(error, fix) }] };
  }
}

const SHOW_ALL = remedy`See every problem of the configuration: ${CHECK}`;

function judgeConfiguration(host: Needs<never>, { config, problems }: LoadedAuth): Verdict {
  if (config.files.length === 0) return ok("there is no atmos.yaml");
  const [first] = problems.filter(({ severity }) => severity === "error");
  if (first !== undefined) return failure("config-invalid", problemLine(host, first), { hint: SHOW_ALL });
  const [minor] = problems.filter(({ aside }) => !aside);
  if (minor !== undefined) return warning(problemLine(host, minor), { hint: SHOW_ALL });
  return ok(config.files.join(", "));
}

interface TrustInput {
  readonly auth: LoadedAuth | undefined;
  readonly globals: ConfigGlobals;
  /** What would be used. */
  readonly powers: readonly Power[];
}

/** Returns whether the settings that would be used have the trust that they need. */
export async function checkTrust(host: ConfigHost, { auth, globals, powers }: TrustInput): Promise<Verdict> {
  if (auth === undefined) return skipped("the configuration cannot be read");
  const [first, ...more] = await auth.trust.untrusted(powers);
  if (first === undefined) return ok("every setting that needs trust has it");
  const { path, reason, place: { file, line, column } } = first;
  const others = more.length === 0 ? "" : `, and ${formatCount(more.length, "more setting")}`;
  return failure("untrusted", `${file}:${line}:${column}: ${path}: it ${reason}, and is not trusted${others}`, {
    fix: trustCommand(host, configInput(globals)),
  });
}
