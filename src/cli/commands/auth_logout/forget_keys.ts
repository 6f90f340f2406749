import { openKeyring } from "../../../auth/kinds/keyrings/registry.ts";
import { isUser } from "../../../auth/kinds/identities/registry.ts";
import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { hasInteractiveTerminal, terminalUi } from "../../login/terminal_ui.ts";
import { printable } from "../../output/text.ts";
import { isConfirmed } from "../../prompt/confirm.ts";
import type { LogoutCommandHost, LogoutInput } from "./plan_text.ts";

/** The identities of a plan whose access keys a keyring may have; none without `--keychain`. */
export function keychainUsers({ selected }: LogoutPlan, { flags }: LogoutInput): readonly string[] {
  if (!flags.keychain) return [];
  return selected.chains.flatMap(({ identities }) => {
    const target = identities.at(-1)!;
    return isUser(target) ? [target.name] : [];
  });
}

/** Keys that are gone must be made anew by an administrator. AppError "usage" where no one can be asked. */
export async function confirmForgetting(
  host: Needs<"terminal" | "env">,
  { users, input: { flags } }: { readonly users: readonly string[]; readonly input: LogoutInput },
): Promise<void> {
  if (users.length === 0 || flags.force) return;
  const whose = `the access keys of ${users.join(", ")}`;
  if (!host.terminal.isTty.stdin || !hasInteractiveTerminal(host)) {
    throw new AppError("usage", `Cannot ask whether to remove ${whose} from the keyring: there is no terminal`, {
      hint: "To remove them: --keychain --force",
    });
  }
  if (await isConfirmed(host, printable(`Remove ${whose} from the keyring permanently?`))) return;
  throw cancelledByUser("Cancelled: nothing was removed");
}

/** Removes the users' keys from the keyring, of each realm; a line for each that there was. AppErrors of the keyring. */
export async function forgetKeys(
  host: LogoutCommandHost,
  { users, input: { globals }, model, realms }: {
    readonly users: readonly string[];
    readonly input: LogoutInput;
    readonly model: AuthModel;
    readonly realms: readonly string[];
  },
): Promise<readonly string[]> {
  if (users.length === 0) return [];
  const ui = terminalUi(host, { globals });
  const lines: string[] = [];
  for (const realm of realms) {
    const keyring = await openKeyring(host, { configured: model.keyring, realm, ui });
    const whose = realms.length === 1 ? "" : ` (realm: ${realm})`;
    for (const user of users) {
      if (await keyring.remove(user)) lines.push(printable(`access keys of ${user}${whose} in ${keyring.title}`));
    }
  }
  return lines;
}
