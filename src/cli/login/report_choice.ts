import type { Needs } from "../../host/host.ts";
import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { SourceHost } from "../../config/sources.ts";
import type { Globals } from "../args/global_flags.ts";
import { warns } from "../output/report.ts";
import { printable } from "../output/text.ts";
import type { Choice } from "./choose_credentials.ts";
import { type Claim, describeClaim, findEvidentName } from "./credential_claims.ts";

type ReportHost = SourceHost & Needs<"terminal">;

/** Prints whose credentials are used, a line on stderr, where something else says that others could be meant. */
export async function reportChoice(
  host: ReportHost,
  { choice: { taken, others }, globals }: { readonly choice: Choice<unknown>; readonly globals: Globals },
): Promise<void> {
  if (!warns(globals) || taken.by === "no identity") return;
  const [other] = others.filter((one) => one.by !== "no identity" && !isSame(one, taken));
  const left = other === undefined ? await weakerText(host, { taken, others, globals }) : describeClaim(other);
  if (left !== undefined) host.terminal.err(`${printable(`Using ${describeClaim(taken)}, not ${left}`)}\n`);
}

/** A login puts an identity's credentials under its name into the AWS settings. */
function isSame(one: Claim, other: Claim): boolean {
  return one.by !== "AWS_ACCESS_KEY_ID" && one.name?.toLowerCase() === other.name?.toLowerCase();
}

/** What would have been taken without the choice, and is no flag or variable of the first three steps. */
async function weakerText(
  host: ReportHost,
  { taken, others, globals }: Pick<Choice<unknown>, "taken" | "others"> & { readonly globals: Globals },
): Promise<string | undefined> {
  if (others.length > 0) return undefined;
  if (findEvidentName(taken) !== undefined && taken.by !== "auth use") return await restText(host);
  if (taken.by !== "AWS_ACCESS_KEY_ID" && taken.by !== "AWS_PROFILE" && taken.by !== "AWS_DEFAULT_PROFILE") {
    return undefined;
  }
  const { seemsToHaveIdentities } = await import("../project/has_configuration.ts");
  const seemsSo = ignoreUnreadable(() => seemsToHaveIdentities(host, globals)) ?? false;
  return seemsSo ? "an identity of atmos.yaml" : undefined;
}

const CREDENTIAL_KEYS: readonly string[] = [
  ...["aws_access_key_id", "credential_process", "login_session", "role_arn"],
  ...["sso_account_id", "sso_session", "sso_start_url", "web_identity_token_file"],
];

/** What the AWS CLI would find, as far as that can be seen without asking a network. */
async function restText(host: Needs<"read" | "env">): Promise<string | undefined> {
  const { readSharedFiles } = await import("../../aws/shared_config/shared_files.ts");
  const profile = ignoreUnreadable(() => readSharedFiles(host).profiles.get("default"));
  if (CREDENTIAL_KEYS.some((key) => profile?.has(key))) return 'AWS profile "default" (~/.aws)';
  const variable = VARIABLES.find((name) => host.env.get(name) !== undefined);
  return variable === undefined ? undefined : `the credentials of ${variable}`;
}

const VARIABLES: readonly string[] = [
  ...["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"],
];

/** What is not used need not be readable. */
function ignoreUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || isFileError(error)) return undefined;
    throw error;
  }
}
