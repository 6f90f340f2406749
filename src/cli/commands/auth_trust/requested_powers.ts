import { nameCommand, remedy } from "../../../remedy.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import { DEFAULT_PROFILE, defaultProfilePower } from "../../../auth/model/default_profile.ts";
import { isFileThere } from "../../../config/files/file_checks.ts";
import { sortPowers, type UntrustedPower } from "../../../config/trust/trust_gate.ts";
import { AppError } from "../../../errors.ts";
import { eksTarget } from "../../../stacks/eks_target.ts";
import { findComponent } from "../../../stacks/find_component.ts";
import { expandHome, resolve } from "../../../store/paths.ts";
import type { Globals } from "../../args/global_flags.ts";
import { usageError } from "../../args/usage_error.ts";
import { componentAuth, targetPowers } from "../../project/component_auth.ts";
import { type LoadedAuth, loadEverything, quietGate } from "../../project/load.ts";
import { loadStacks, usualStack } from "../../project/stacks.ts";

interface RequestedInput {
  readonly globals: Globals;
  /** A file, or a component. */
  readonly named: string | undefined;
  readonly stack: string | undefined;
}

/**
 * Returns what needs trust and has none: in the configuration, in one file, or of a component of a stack. Nothing is run.
 * AppErrors as for reading the configuration, and of findComponent and eksTarget.
 */
export async function findRequestedPowers(host: ConfigHost, input: RequestedInput): Promise<readonly UntrustedPower[]> {
  const { globals, named, stack } = input;
  if (named === undefined && stack !== undefined) {
    throw usageError({
      what: `--stack ${stack}`,
      found: "it applies to a component",
      hint: "Specify the component, too",
    });
  }
  if (named === undefined) return sortPowers(await ofConfiguration(host, globals));
  const path = resolve(host.read.cwd(), expandHome(host, named) ?? named);
  if (stack === undefined && isFileThere(host, path)) return sortPowers(await ofFile(host, { globals, path }));
  if (stack === undefined && /\.(?:ya?ml|json)$/i.test(named)) throw fileMissing(named);
  return sortPowers(await ofComponent(host, { globals, name: named, stack: stack ?? usualStack(host) }));
}

async function ofConfiguration(host: ConfigHost, globals: Globals): Promise<readonly UntrustedPower[]> {
  return await readFound(await loadEverything(host, globals));
}

/** What cannot be read may want anything: that nothing was found in it is no answer. */
async function readFound({ config, root, model, trust }: LoadedAuth): Promise<readonly UntrustedPower[]> {
  const identity = model.identities.get(DEFAULT_PROFILE);
  // Of one command alone, which shows no mark elsewhere.
  const more = identity === undefined ? [] : [defaultProfilePower(identity, root)];
  const found = [...config.notRun, ...await trust.untrusted([...model.powers, ...more])];
  const unread = config.problems.find(({ severity, path }) => severity === "error" && path === "");
  if (found.length > 0 || unread === undefined) return found;
  throw new AppError("config-invalid", unread.message, { place: unread.place });
}

function fileMissing(name: string): AppError {
  return new AppError("config-not-found", `Cannot find configuration "${name}": it does not exist`, {
    hint: remedy`Review everything that atmos.yaml needs: ${nameCommand("auth", "trust")}`,
  });
}

/** A file that is no part of the configuration is looked at by itself. */
async function ofFile(
  host: ConfigHost,
  { globals, path }: { readonly globals: Globals; readonly path: string },
): Promise<readonly UntrustedPower[]> {
  const whole = await loadEverything(host, globals);
  const isPart = whole.config.files.includes(path);
  if (!isPart) return await ofConfiguration(host, { ...globals, "config": [path], "config-path": [] });
  return (await readFound(whole)).filter(({ place }) => place.file === path);
}

async function ofComponent(
  host: ConfigHost,
  { globals, name, stack }: { readonly globals: Globals; readonly name: string; readonly stack: string | undefined },
): Promise<readonly UntrustedPower[]> {
  const { config, index } = await loadStacks(host, globals);
  const found = await findComponent(index, { name, stack });
  const target = await eksTarget(host, {
    config,
    found,
    said: {},
    otherwise: { region: undefined },
  });
  const trust = quietGate(host, globals);
  const auth = await componentAuth(host, { config, section: target.auth, trust });
  return [...config.notRun, ...await trust.untrusted([...targetPowers(target, auth), ...auth.model.powers])];
}
