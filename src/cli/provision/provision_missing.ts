import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { AppError } from "../../errors.ts";
import type { Integration } from "../../integrations/contract/model.ts";
import { runInputs } from "../../integrations/run_input.ts";
import type { RunInput, Runner } from "../../integrations/contract/runner.ts";
import { loadRunner } from "../../integrations/registry.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { terminalUi } from "../login/terminal_ui.ts";
import type { RequestedIdentity } from "../login/select_identity.ts";
import { findAuthor } from "./author.ts";
import { configFlags } from "./config_flags.ts";
import { listProvisioned, provision } from "./provision.ts";

interface MissingInput {
  readonly target: RequestedIdentity;
  readonly obtained: ActiveIdentity;
  readonly globals: Globals;
}

/** Makes ready what a login would have made ready and is not there. Nothing is thrown for a failure: it is a warning. */
export async function provisionMissing(host: LoginCommandHost, input: MissingInput): Promise<void> {
  const integrations = await missing(host, input);
  if (integrations.length === 0) return;
  const ui = terminalUi(host, { globals: input.globals });
  await provision(host, { ...input, integrations, ui, ask: "if-terminal" });
}

async function missing(
  host: LoginCommandHost,
  { target, obtained, globals }: MissingInput,
): Promise<readonly Integration[]> {
  const integrations = listProvisioned(target, obtained);
  if (integrations.length === 0) return [];
  const inputs = await runInputs(host, {
    model: target.model,
    chain: obtained.chain,
    integrations,
    configFlags: configFlags(host, { globals, config: target.config }),
    author: await findAuthor(host, { ...target, globals }),
    account: obtained.credentials.account,
    // A look at the disk needs none.
    credentialsOf: () => Promise.resolve(obtained.credentials),
  });
  const there = new Set<RunInput>();
  for (const [kind, ofKind] of Map.groupBy(inputs, ({ integration }) => integration.kind)) {
    const runner = await loadRunner(kind);
    const files = Map.groupBy(ofKind, (input) => findFile(host, { runner, input }));
    for (const group of files.values()) findWritten(host, { runner, group }).forEach((input) => there.add(input));
  }
  return inputs.filter((input) => !there.has(input)).map(({ integration }) => integration);
}

/** Where it cannot even be looked for, making it ready says why. */
function findFile(
  host: LoginCommandHost,
  { runner, input }: { readonly runner: Runner; readonly input: RunInput },
): string | undefined {
  return orElse(() => runner.fileOf(host, input), undefined);
}

function findWritten(
  host: LoginCommandHost,
  { runner, group }: { readonly runner: Runner; readonly group: readonly RunInput[] },
): readonly RunInput[] {
  const there = orElse(() => runner.areThere?.(host, group) ?? group.map(() => true), []);
  return group.filter((_, at) => there[at]);
}

function orElse<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof AppError) return otherwise;
    throw error;
  }
}
