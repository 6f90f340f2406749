import { timestamp } from "../../auth/files/credential_file_text.ts";
import type { LoginHost } from "../../auth/flow/login_host.ts";
import { type RegistryToken, registryToken } from "../../aws/ecr/password.ts";
import { passwordScope, registryHost } from "../../aws/ecr/ecr_registry.ts";
import { keepLogins, type StoredLogins } from "../../docker/keep_logins.ts";
import { dockerConfigFile, dockerDirectory } from "../../docker/locate.ts";
import { findLoginHolder, type Holder } from "../../docker/holder.ts";
import { isOurs, makesPasswords } from "../../docker/docker_credential.ts";
import { isAnothers, isElsewhere, loginOwners } from "../../docker/login_record.ts";
import { loadDockerConfig } from "../../docker/save.ts";
import type { AppError } from "../../errors.ts";
import { askOnce } from "../contract/ask_once.ts";
import type { Ready, RunInput, Runner } from "../contract/runner.ts";
import { forgetRecordedLogins } from "./forget_recorded.ts";
import { type EcrIntegration, type EcrSpec, toEcrRegistry } from "./ecr_integration.ts";

/** An integration of either kind, with what its runner needs. */
type EcrInput = Pick<RunInput, "identity" | "author" | "fingerprint" | "credentialsOf" | "settings" | "asked"> & {
  readonly integration: EcrSpec;
};

interface FoundRegistry {
  /** Host name. */
  readonly registry: string;
  readonly path: string;
  readonly identity: string;
  readonly configLocation: string | undefined;
  readonly fingerprint: string | undefined;
  /** What docker has stays where it is another's, and AWS need not be asked. */
  readonly token: RegistryToken | Staying;
}

type Staying = { readonly holder: Holder } & Pick<StoredLogins, "helper">;

interface EcrReady extends Ready {
  /** When docker needs another login: "2026-01-02T03:04:05Z". */
  readonly expiration: string | undefined;
  /** The credential helper that has the login. */
  readonly helper: string | undefined;
}

async function look(host: LoginHost, input: EcrInput): Promise<FoundRegistry> {
  const { integration, identity, fingerprint, credentialsOf } = input;
  const registry = toEcrRegistry(integration);
  const { location: configLocation } = input.author;
  const found = {
    registry: registryHost(registry),
    path: dockerConfigFile(host),
    identity,
    configLocation,
    fingerprint,
  };
  const staying = await findStaying(host, found);
  if (staying !== undefined) return { ...found, token: staying };
  const credentials = await credentialsOf(identity);
  const token = await askOnce(input.asked, {
    key: ["ecr", identity, passwordScope(registry)],
    ask: () => registryToken(host, { registry, settings: input.settings(), credentials }),
  });
  return { ...found, token };
}

/** What another program or another configuration has given docker stays: a login names no registry. */
async function findStaying(
  host: LoginHost,
  { registry, path, ...asker }: Omit<FoundRegistry, "token">,
): Promise<Staying | undefined> {
  const config = loadDockerConfig(host, path);
  const record = loginOwners(host, path)(registry);
  const holder = await findLoginHolder({ config, registry, record, asker, now: host.clock.now() });
  const helper = config.storeOf(registry)?.helper;
  const isOfUser = holder.kind === "user" && !(helper !== undefined && makesPasswords(helper));
  return holder.kind === "other" || isOfUser ? { holder, helper } : undefined;
}

async function write(host: LoginHost, found: readonly FoundRegistry[]): Promise<readonly (EcrReady | Error)[]> {
  const path = found[0]?.path;
  if (path === undefined) return [];
  const logins = found.flatMap(({ token, ...login }) =>
    "holder" in token ? [] : [{ ...login, password: token.password }]
  );
  const kept = (await keepLogins(host, { path, logins, isNamed: false })).values();
  return found.map(({ registry, token }) => {
    if ("holder" in token) return readyFrom({ ...token, registry, action: "unchanged" }, { path });
    const one = kept.next().value!;
    return one instanceof Error ? one : readyFrom(one, { path, expiration: token.expiration });
  });
}

function readyFrom(
  { registry, action, helper, holder }: StoredLogins,
  { path, expiration }: { readonly path: string; readonly expiration?: number | undefined },
): EcrReady {
  const until = holder !== undefined || expiration === undefined ? undefined : timestamp(expiration);
  const ready = { action, target: registry, name: registry, path, expiration: until, helper };
  return holder === undefined ? ready : { ...ready, dockerHolder: holder };
}

/** Less would not see a pull through. */
const LEAST_MS = 15 * 60_000;

type Linked = Pick<EcrInput, "integration" | "identity" | "author" | "fingerprint">;

/**
 * A login that says that it has ended is none, nor is another identity's, or that of what the identity was before; one
 * that does not say counts, as does a helper that makes passwords.
 */
function areThere(host: LoginHost, inputs: readonly Linked[]): readonly boolean[] {
  const path = dockerConfigFile(host);
  const config = loadDockerConfig(host, path);
  const ownerOf = loginOwners(host, path);
  const least = host.clock.now() + LEAST_MS;
  return inputs.map(({ integration, ...input }) => {
    const registry = registryHost(toEcrRegistry(integration));
    const store = config.storeOf(registry);
    const owner = ownerOf(registry);
    if (store !== undefined && makesPasswords(store.helper)) {
      return !(isOurs(store.helper) && owner?.helper === store.helper && isElsewhere(owner, describeIdentity(input)));
    }
    const entry = config.authOf(registry);
    const isFormer = owner?.fingerprint !== undefined && owner.fingerprint !== input.fingerprint;
    return entry !== undefined && !isAnothers(owner, describeIdentity(input)) && !isFormer &&
      (entry.expires ?? Infinity) > least;
  });
}

/**
 * A login that another identity or configuration has given docker stays, and so does one that this program has not, or
 * that was replaced since.
 */
async function cleanup(
  host: LoginHost,
  { inputs, dryRun }: { readonly inputs: readonly Linked[]; readonly dryRun: boolean },
): Promise<readonly (string | AppError)[]> {
  const path = dockerConfigFile(host);
  const ownerOf = loginOwners(host, path);
  const registries = [
    ...new Set(inputs.flatMap(({ integration, ...input }) => {
      const registry = registryHost(toEcrRegistry(integration));
      const owner = ownerOf(registry);
      const isLogin = owner !== undefined && owner.helper === undefined;
      return isLogin && !isAnothers(owner, describeIdentity(input)) ? [registry] : [];
    })),
  ];
  return await forgetRecordedLogins(host, { path, registries, dryRun });
}

function describeIdentity({ identity, author, fingerprint }: Pick<Linked, "identity" | "author" | "fingerprint">) {
  return { identity, configLocation: author.location, fingerprint };
}

function environment(host: LoginHost) {
  return { DOCKER_CONFIG: dockerDirectory(host) };
}

/** How docker is logged in at a registry, private or public. */
export const runner: Runner<EcrIntegration, FoundRegistry> = {
  look,
  fileOf: dockerConfigFile,
  write,
  areThere,
  cleanup,
  environment,
};
