import type { MfaCode } from "../../../aws/sts/sts_session.ts";
import { AppError } from "../../../errors.ts";
import type { LoginUi } from "../../flow/login_host.ts";

export interface MfaInput {
  readonly ui: LoginUi;
  /** ARN or serial number of the device. */
  readonly device: string;
  /** The identity that needs it. */
  readonly identity: string;
}

/** The code that the person reads off the MFA device. AppError "login-needed" when nobody is there to type one. */
export async function mfaCode({ ui, device, identity }: MfaInput): Promise<MfaCode> {
  const tokenCode = await ui.ask({ text: `Code of MFA device ${device}`, hidden: false });
  if (tokenCode !== undefined) return { serialNumber: device, tokenCode };
  throw new AppError("login-needed", `Cannot use identity "${identity}": it needs a code of its MFA device`, {
    hint: "Log in at a terminal: atmos auth login",
  });
}
