import { accessKeyIdFault, mfaArnFault, secretKeyFault } from "../../../auth/keyring/key_faults.ts";
import type { UserEntry } from "../../../auth/keyring/user_entry.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Secret } from "../../../secret.ts";
import { askFit, checkValueFits, type RequestedValue } from "./ask_value.ts";
import type { UserInput } from "./entry.ts";
import { remedy } from "../../../remedy.ts";

const ID: RequestedValue = { what: "access key id", hidden: false, faultOf: accessKeyIdFault };
const SECRET: RequestedValue = { what: "secret access key", hidden: true, faultOf: secretKeyFault };
const MFA: RequestedValue = { what: "ARN of the MFA device", hidden: false, faultOf: mfaArnFault, optional: true };

type Flags = UserInput["flags"];

interface KeysInput {
  readonly flags: Flags;
  readonly identity: string;
  readonly ui: Pick<LoginUi, "ask">;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Whether atmos.yaml says the MFA device, which wins. */
  readonly mfaKnown: boolean;
}

/** The keys of the flags, of stdin and of the person. AppError "usage" for what is missing or cannot be. */
export async function readGivenKeys(
  host: Needs<"terminal">,
  input: KeysInput,
): Promise<Omit<UserEntry, "sessionDuration">> {
  const { flags, ui } = input;
  const id = flags["access-key-id"];
  // What was typed on the command line is checked before anything is asked.
  const [givenId, givenMfa] = [id && checkValueFits(id, ID), flags["mfa-arn"] && checkValueFits(flags["mfa-arn"], MFA)];
  const accessKeyId = givenId || (await askFit(host, { ...ID, ui }))!;
  const secretAccessKey = await readSecret(host, input);
  const askMfa = flags["mfa-arn"] === undefined && input.canAsk && !input.mfaKnown;
  const mfa = givenMfa || (askMfa ? await askFit(host, { ...MFA, ui }) : undefined);
  return { accessKeyId: accessKeyId.reveal(), secretAccessKey, mfaArn: mfa?.reveal() };
}

async function readSecret(host: Needs<"terminal">, { flags, ui }: KeysInput): Promise<Secret> {
  if (!flags["secret-access-key-stdin"] || host.terminal.isTty.stdin) return (await askFit(host, { ...SECRET, ui }))!;
  return checkValueFits((await host.terminal.line())?.trim() ?? "", SECRET);
}

/** AppError "usage" when something would have to be asked, and no one is there. */
export function checkGiven({ flags, identity, canAsk }: Pick<KeysInput, "flags" | "identity" | "canAsk">): void {
  if (canAsk || (flags["access-key-id"] !== undefined && flags["secret-access-key-stdin"])) return;
  throw nobodyToAsk(identity);
}

function nobodyToAsk(identity: string): AppError {
  return new AppError("usage", `Cannot ask for the keys of identity "${identity}": there is no terminal`, {
    hint: remedy`Specify them: ${{
      kind: "store-keys",
      identity,
    }} --access-key-id AKIA… --secret-access-key-stdin < FILE`,
  });
}
