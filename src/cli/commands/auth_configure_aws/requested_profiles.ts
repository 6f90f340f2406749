import { LIST_IDENTITIES, remedy } from "../../../remedy.ts";
import { hintWithSetUp } from "../../../auth/model/set_up_hint.ts";
import type { AwsProfile } from "../../../auth/environment/aws_profile.ts";
import { buildChain, type Chain, findChainRegion, isAmbient } from "../../../auth/model/chain.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { quotePosix } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import { loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { problemsAbout } from "../../project/problems_about.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { askForIdentity } from "../../login/select_identity.ts";
import type { ConfigureHost, ConfigureInput } from "./run.ts";

/** The profiles that are asked for. Errors of the configuration and of buildChain; "usage" when there is none to write. */
export async function listRequestedProfiles(
  host: ConfigureHost,
  input: ConfigureInput,
): Promise<readonly AwsProfile[]> {
  const { flags, globals } = input;
  const { config, model, problems } = await loadProjectAuth(host, globals);
  const chains = flags.all
    ? listAllChains(model, input)
    : await listNamedChains(host, { model, directory: findDirectoryNamed(config), input });
  const identities = chains.map((chain) => chain.identities.at(-1)!.name);
  reportWarnings(host, {
    problems: flags.all ? problems : problemsAbout({ model, problems }, { identities }),
    globals,
  });
  const where = configFlags(host, { globals, config });
  return chains.map((chain) => makeProfile(host, { chain, prefix: flags.prefix, where }));
}

function listAllChains(model: AuthModel, { args }: ConfigureInput): readonly Chain[] {
  if (args.length > 0) {
    throw new AppError("usage", "Cannot use both --all and names of identities: they exclude each other", {
      hint: "Use one of them",
    });
  }
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

function makeProfile(
  host: Needs<"sys">,
  { chain, prefix, where }: { readonly chain: Chain; readonly prefix: string; readonly where: readonly string[] },
): AwsProfile {
  const identity = getName(chain);
  const { command, args } = host.sys.self();
  const quote = host.sys.os === "windows" ? quoteWindows : quotePosix;
  const own = ["auth", "credential-process", `--identity=${identity}`, ...where].map(quote).join(" ");
  const process = [...[command, ...args].map(quote), own].join(" ");
  return { name: `${prefix}${identity}`, identity, process, mark: ` ${own}`, region: findChainRegion(chain) };
}

function getName({ identities }: Chain): string {
  return identities.at(-1)!.name;
}

function quoteWindows(word: string): string {
  return /^[\w./:=,-]+$/.test(word) ? word : `"${word}"`;
}
