import { LIST_IDENTITIES, remedy } from "../../../remedy.ts";
import { hintWithSetUp } from "../../../auth/model/set_up_hint.ts";
import type { AwsProfile } from "../../../auth/environment/aws_profile.ts";
import { buildChain, type Chain, findChainRegion, isAmbient } from "../../../auth/model/chain.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { DEFAULT_PROFILE, defaultProfilePower } from "../../../auth/model/default_profile.ts";
import { profilePowers } from "../../../auth/model/used_powers.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { quotePosix } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import { type IdentityTarget, locateIdentity } from "../../../auth/login/identity.ts";
import { loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { problemsAbout } from "../../project/problems_about.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { askForIdentity, checkOneSelection } from "../../login/select_identity.ts";
import type { ConfigureHost, ConfigureInput } from "./run.ts";

const ABOUT = { doing: "write an AWS profile for", command: "auth configure-aws" };

/** The profiles that are asked for. Errors of the configuration and of buildChain; "usage" when there is none to write. */
export async function listRequestedProfiles(
  host: ConfigureHost,
  input: ConfigureInput,
): Promise<readonly AwsProfile[]> {
  const { flags, globals, args } = input;
  for (const argument of args.length > 0 ? args : [undefined]) {
    checkOneSelection(host, { ...ABOUT, globals, argument, wider: flags.all ? "--all" : undefined });
  }
  const { config, root, model, problems } = await loadProjectAuth(host, globals);
  const chains = flags.all
    ? listAllChains(model)
    : await listNamedChains(host, { model, directory: findDirectoryNamed(config), input });
  const identities = chains.map((chain) => chain.identities.at(-1)!.name);
  reportWarnings(host, {
    problems: flags.all ? problems : problemsAbout({ model, problems }, { identities }),
    globals,
  });
  const where = configFlags(host, { globals, config });
  const profiles = await Promise.all(chains.map(async (chain) => {
    const account = await findAccount(host, { model, directory: findDirectoryNamed(config), identity: getName(chain) });
    return makeProfile(host, { chain, prefix: flags.prefix, where, account });
  }));
  const defaults = chains.filter((_, at) => profiles[at]!.name === DEFAULT_PROFILE);
  await model.trust.require([
    ...chains.flatMap((chain) => profilePowers(model, chain)),
    ...defaults.map((chain) => defaultProfilePower(chain.identities.at(-1)!, root)),
  ]);
  return profiles;
}

function listAllChains(model: AuthModel): readonly Chain[] {
  const broken = new Set(model.broken.filter(({ family }) => family === "identities").map(({ name }) => name));
  const names = [...model.identities.keys()].filter((name) => !broken.has(name));
  const chains = names.flatMap((name) => usable(model, name)).filter((chain) => !isAmbient(chain));
  if (chains.length > 0) return chains;
  throw new AppError("usage", "Cannot write AWS profiles: no identity has credentials of its own", {
    hint: hintWithSetUp(model, remedy`List identities: ${LIST_IDENTITIES}`),
  });
}

/** What is wrong with the others is told by the warnings. */
function usable(model: AuthModel, name: string): readonly Chain[] {
  try {
    return [buildChain(model, name)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

async function listNamedChains(
  host: ConfigureHost,
  { model, directory, input }: {
    readonly model: AuthModel;
    readonly directory: string | undefined;
    readonly input: ConfigureInput;
  },
): Promise<readonly Chain[]> {
  const { args, globals } = input;
  const names = args.length > 0 ? args : [await askForIdentity(host, { model, directory, globals })];
  const chains = names.map((name) => buildChain(model, name));
  const ambient = chains.find(isAmbient);
  if (ambient === undefined) return [...new Map(chains.map((chain) => [getName(chain), chain])).values()];
  throw new AppError(
    "usage",
    `Cannot write an AWS profile for identity "${getName(ambient)}": it uses whatever credentials the AWS CLI finds`,
    {
      hint: "Leave it out; programs find those credentials without a profile",
    },
  );
}

/** The account that atmos.yaml says, or that a login has found. */
async function findAccount(host: ConfigureHost, target: IdentityTarget): Promise<string | undefined> {
  const { chain, stored } = await locateIdentity(host, target);
  return chain.identities.at(-1)!.accountId ?? stored?.account;
}

function makeProfile(
  host: Needs<"sys">,
  { chain, prefix, where, account }: {
    readonly chain: Chain;
    readonly prefix: string;
    readonly where: readonly string[];
    readonly account: string | undefined;
  },
): AwsProfile {
  const identity = getName(chain);
  const { command, args } = host.sys.self();
  const quote = host.sys.os === "windows" ? quoteWindows : quotePosix;
  const own = [...args, "auth", "credential-process", ...(account === undefined ? [] : [`--account=${account}`])];
  const mark = ` ${[`--identity=${identity}`, ...where].map(quote).join(" ")}`;
  const process = `${[command, ...own].map(quote).join(" ")}${mark}`;
  return { name: `${prefix}${identity}`, identity, process, mark, region: findChainRegion(chain) };
}

function getName({ identities }: Chain): string {
  return identities.at(-1)!.name;
}

/** https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments */
export function quoteWindows(word: string): string {
  return /^[\w./:=,-]+$/.test(word) ? word : `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`;
}
