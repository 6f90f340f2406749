import type { Obtained } from "../../auth/login/obtain.ts";
import { AppError } from "../../errors.ts";
import type { Integration } from "../../integrations/model.ts";
import { runInputs } from "../../integrations/run_input.ts";
import { runnerOf } from "../../integrations/runners/registry.ts";
import type { Globals } from "../global_flags.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { terminalTalk } from "../login/terminal_talk.ts";
import type { Wanted } from "../login/wanted_identity.ts";
import { configFlags } from "./config_flags.ts";
import { provision, provisionedBy } from "./provision.ts";

export interface MissingInput {
  readonly target: Wanted;
  readonly obtained: Obtained;
  readonly globals: Globals;
}

/** Makes ready what a login would have made ready and is not there. Nothing is thrown for a failure: it is a warning. */
export async function provisionMissing(host: LoginCommandHost, input: MissingInput): Promise<void> {
  const integrations = await missing(host, input);
  if (integrations.length === 0) return;
  const talk = terminalTalk(host, { globals: input.globals, explicit: false });
  await provision(host, { ...input, integrations, talk });
}

async function missing(
  host: LoginCommandHost,
  { target, obtained, globals }: MissingInput,
): Promise<readonly Integration[]> {
  const integrations = provisionedBy(target, obtained);
  if (integrations.length === 0) return [];
  const inputs = runInputs(host, {
    model: target.model,
    chain: obtained.chain,
    integrations,
    configFlags: configFlags(host, { globals, config: target.config }),
    // A look at the disk needs none.
    credentialsOf: () => Promise.resolve(obtained.credentials),
  });
  const found: Integration[] = [];
  for (const input of inputs) {
    const runner = await runnerOf(input.integration.kind);
    if (runner.isThere !== undefined && !isThere(() => runner.isThere!(host, input))) found.push(input.integration);
  }
  return found;
}

/** Where it cannot even be looked for, making it ready says why. */
function isThere(look: () => boolean): boolean {
  try {
    return look();
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
