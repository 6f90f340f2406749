import { nameCommand, remedy } from "../../../remedy.ts";
import { isSso } from "../../../auth/kinds/providers/registry.ts";
import { canonicalStartUrl } from "../../../auth/files/sso_session_place.ts";
import type { AwsIamIdentityCenter } from "../../../auth/kinds/providers/aws_iam_identity_center/schema.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { findKnownPortals, type KnownPortal } from "../../../aws/shared_config/known_portals.ts";
import { readSharedFiles } from "../../../aws/shared_config/shared_files.ts";
import type { Named } from "../../../config/schema/entry.ts";
import { AppError } from "../../../errors.ts";
import { usageError } from "../../args/usage_error.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { chooseOne } from "../../prompt/choose_one.ts";
import { askStartUrl, askText, makeCancellation, readStartUrl } from "./ask_text.ts";
import { foldedNames, freeName, providerName } from "./entry_names.ts";
import type { Existing } from "./existing.ts";
import type { InitInput } from "./init_input.ts";

/** Where the user logs in, and the provider of atmos.yaml that says so. */
export interface Portal {
  /** Of the provider. */
  readonly name: string;
  readonly startUrl: string;
  readonly region: string;
  /** As atmos.yaml has it; undefined for one that is added. */
  readonly provider: (AwsIamIdentityCenter & Named) | undefined;
}

export interface Step {
  readonly input: InitInput;
  readonly existing: Existing;
  /** Whether a user is there to be asked. */
  readonly asks: boolean;
}

/**
 * Returns the access portal that flags, atmos.yaml, the settings of the AWS CLI or the user say.
 * @throws {AppError} usage where nothing says it, interrupted where the user gives up
 */
export async function choosePortal(host: LoginCommandHost, step: Step): Promise<Portal> {
  const { input: { flags }, existing } = step;
  const providers = [...existing.model.providers.values()].filter(isSso);
  const known = newPortals(host, providers);
  const wanted = flags["start-url"];
  if (wanted !== undefined) return await portalAt(host, { ...step, startUrl: readStartUrl(wanted), providers, known });
  if (flags.region !== undefined && providers.length === 0 && known.length === 0) {
    checkRegion(flags.region);
  }
  const [only, ...more] = providers;
  if (only !== undefined && more.length === 0) return ofProvider(only);
  if (step.asks) return await askPortal(host, { ...step, providers, known });
  if (only === undefined && known.length === 1) return toPortal(step, known[0]!);
  throw noStartUrl([...providers.map(({ startUrl }) => startUrl), ...known.map(({ startUrl }) => startUrl)]);
}

interface FoundPortal extends Step {
  readonly providers: readonly (AwsIamIdentityCenter & Named)[];
  /** In ~/.aws, and not in atmos.yaml. */
  readonly known: readonly KnownPortal[];
}

function newPortals(host: LoginCommandHost, providers: FoundPortal["providers"]): readonly KnownPortal[] {
  const urls = new Set(providers.map(({ startUrl }) => startUrl));
  try {
    return findKnownPortals(readSharedFiles(host)).filter(({ startUrl }) => !urls.has(canonicalStartUrl(startUrl)));
  } catch (error) {
    // They are suggestions: what is wrong there is said when it is used.
    if (error instanceof AppError) return [];
    throw error;
  }
}

async function portalAt(
  host: LoginCommandHost,
  { startUrl, providers, known, ...step }: FoundPortal & { readonly startUrl: string },
): Promise<Portal> {
  const { flags: { region } } = step.input;
  if (region !== undefined) checkRegion(region);
  const there = providers.find((one) => one.startUrl === startUrl && (region === undefined || one.region === region));
  if (there !== undefined) return ofProvider(there);
  const suggested = known.find((one) => canonicalStartUrl(one.startUrl) === startUrl);
  if (region !== undefined) return toPortal(step, { startUrl, session: suggested?.session, region });
  if (suggested !== undefined) return toPortal(step, suggested);
  if (!step.asks) {
    const found = "the region of its IAM Identity Center is not given";
    throw usageError({ what: `start URL "${startUrl}"`, found, hint: "Specify it with --region REGION" });
  }
  return toPortal(step, { startUrl, session: undefined, region: await askRegion(host) });
}

async function askPortal(host: LoginCommandHost, found: FoundPortal): Promise<Portal> {
  const { providers, known, input: { globals } } = found;
  const options = [
    ...providers.map((one) => ({ name: one.startUrl, note: `provider ${one.name}`, portal: () => ofProvider(one) })),
    ...known.map((one) => ({
      name: one.startUrl,
      note: `${one.source} of ~/.aws/config`,
      portal: () => toPortal(found, one),
    })),
  ];
  if (options.length > 0) {
    const among = [...options, { name: OTHER, note: "you type it" }];
    const chosen = await chooseOne(host, { question: "Which AWS access portal?", among, globals });
    if (chosen === undefined) throw makeCancellation();
    const option = options.find((one) => one === chosen);
    if (option !== undefined) return option.portal();
  }
  return await portalAt(host, { ...found, startUrl: await askStartUrl(host) });
}

const OTHER = "another start URL";

/** Where most have it is suggested. */
async function askRegion(host: LoginCommandHost): Promise<string> {
  const usual = ["AWS_REGION", "AWS_DEFAULT_REGION"].map((name) => host.env.get(name)).find((one) => one) ??
    "us-east-1";
  return await askText(host, { question: "Region of IAM Identity Center", usual, check: checkRegion });
}

function ofProvider(provider: AwsIamIdentityCenter & Named): Portal {
  const { name, startUrl, region } = provider;
  return { name, startUrl, region, provider };
}

function toPortal(
  { existing }: Step,
  { startUrl: url, region, session }: Pick<KnownPortal, "startUrl" | "region" | "session">,
): Portal {
  const startUrl = canonicalStartUrl(url);
  const taken = foldedNames(existing.entries("providers").keys());
  return { name: freeName(session ?? providerName(startUrl), taken), startUrl, region, provider: undefined };
}

function noStartUrl(known: readonly string[]): AppError {
  const found = known.length === 0 ? "no start URL is given" : `there are ${known.length}: ${known.join(", ")}`;
  return new AppError("usage", `Cannot choose an AWS access portal: ${found}`, {
    hint: remedy`Use --start-url URL and --region REGION, or run ${
      nameCommand("auth", "init")
    } at a terminal to be asked`,
  });
}
