import { type Credentials, reveal } from "../../aws/client/credentials.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";
import type { FileProblem } from "../files/file_problem.ts";
import { timestamp } from "../files/credential_file_text.ts";
import { IDENTITY_CONFIG, IDENTITY_FINGERPRINT, recordIdentity } from "../model/inherited_identity.ts";
import { IDENTITY_ENV, recordVariables } from "./recorded_variables.ts";

export type Variables = Readonly<Record<string, string>>;

/** Where the programs that are started find the credentials. */
export type CredentialSource =
  | { readonly kind: "files"; readonly place: CredentialLocation }
  /** Where no file can be written, or is to be; `unsaved` is why they are not in the files where they were to be. */
  | { readonly kind: "memory"; readonly credentials: Credentials; readonly unsaved?: FileProblem }
  /** aws/ambient: they are in the environment already. */
  | { readonly kind: "ambient" };

/** The kubeconfigs of a program, absolute, the most important first. */
export interface KubectlFiles {
  /** They select a context; see kube/kubectl/selector.ts. */
  readonly selectors: readonly string[];
  /** Of the identity's clusters. */
  readonly kubeconfigs: readonly string[];
  /** Those of them that kubectl reads after the user's own, where they would hide entries of these. */
  readonly behind?: readonly string[];
  /** The user's own, without selectors. */
  readonly inherited: readonly string[];
  /** Whether KUBECONFIG has selectors of a shell around this process, which must not count any more. */
  readonly isNested: boolean;
}

export interface EnvironmentInput {
  /** As written in atmos.yaml. */
  readonly identity: string;
  /** The location of that atmos.yaml; undefined where there is none. */
  readonly configuration: string | undefined;
  /** What its credentials are. */
  readonly fingerprint: string;
  /** The kubectl context that is selected for it; undefined where none is. */
  readonly context: string | undefined;
  readonly source: CredentialSource;
  readonly region: string | undefined;
  /** When the credentials expire, milliseconds since the epoch. */
  readonly expiration: number | undefined;
  /** The identity's `env`. */
  readonly env: readonly { readonly key: string; readonly value: string }[];
  readonly kubectl: KubectlFiles;
  /** Directory of docker's config.json, where registries are linked. */
  readonly dockerConfig: string | undefined;
  /** Between the paths of a list. */
  readonly pathSeparator: ":" | ";";
}

/** The variables of a logged-in identity. What the identity's `env` says wins, except about whose they are. */
export function buildEnvironment(input: EnvironmentInput): Variables {
  const own = Object.fromEntries(input.env.map(({ key, value }) => [key, value]));
  const recorded = recordVariables({
    ...(input.source.kind === "memory" ? sourceVariables(input.source) : {}),
    ...own,
  });
  return {
    ...sourceVariables(input.source),
    ...regionVariables(input),
    ...(input.dockerConfig === undefined ? {} : { DOCKER_CONFIG: input.dockerConfig }),
    ...("KUBE_CONFIG_PATH" in own || "KUBE_CONFIG_PATHS" in own ? {} : terraformVariables(input)),
    ...own,
    ...kubeconfigVariable(input),
    ATMOS_IDENTITY: input.identity,
    ...configurationVariables(input),
    ...(input.context === undefined ? {} : { ATMOS_KUBE_CONTEXT: input.context }),
    ...(recorded === "" ? {} : { [IDENTITY_ENV]: recorded }),
  };
}

/** Without a configuration nothing can make the identity another one. */
function configurationVariables({ configuration, identity: name, fingerprint }: EnvironmentInput): Variables {
  if (configuration === undefined) return {};
  return { [IDENTITY_CONFIG]: configuration, [IDENTITY_FINGERPRINT]: recordIdentity({ name, fingerprint }) };
}

function sourceVariables(source: CredentialSource): Variables {
  if (source.kind === "ambient") return {};
  if (source.kind === "files") {
    const { credentials, config, profile } = source.place;
    return { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: config, AWS_PROFILE: profile };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = reveal(source.credentials);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}

function regionVariables({ source, region, expiration }: EnvironmentInput): Variables {
  if (source.kind === "ambient") return {};
  return {
    ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    ...(expiration === undefined ? {} : { AWS_CREDENTIAL_EXPIRATION: timestamp(expiration) }),
  };
}

/** Returns the kubeconfigs as kubectl is to read them: a name is what the first file that has it says. */
export function orderKubeconfigs(
  { kubeconfigs, behind = [], inherited }: Pick<KubectlFiles, "kubeconfigs" | "behind" | "inherited">,
): readonly string[] {
  return [...kubeconfigs.filter((path) => !behind.includes(path)), ...inherited, ...behind];
}

/**
 * The first file is the one whose current-context counts, and the one that `kubectl config use-context` writes to. For
 * kubectl a path counts once. Other readers, such as the one for JavaScript, take the last current-context, so the
 * selector is there again at the end. A path with the separator would be several files, none of them the one that is
 * meant.
 */
function kubeconfigVariable({ kubectl, pathSeparator }: EnvironmentInput): Variables {
  const { selectors, kubeconfigs, isNested } = kubectl;
  const list = [...new Set([...selectors, ...orderKubeconfigs(kubectl)])].filter((path) =>
    !path.includes(pathSeparator)
  );
  if (list.length === 0 || (selectors.length + kubeconfigs.length === 0 && !isNested)) return {};
  const last = list.length > selectors.length ? selectors.slice(0, 1) : [];
  return { KUBECONFIG: [...list, ...last].join(pathSeparator) };
}

/** The kubernetes provider takes one of the two: its arguments config_path and config_paths exclude each other. */
function terraformVariables({ kubectl: { selectors, kubeconfigs }, pathSeparator }: EnvironmentInput): Variables {
  const [first, ...more] = new Set([...selectors, ...kubeconfigs].filter((path) => !path.includes(pathSeparator)));
  if (first === undefined) return {};
  return more.length === 0 ? { KUBE_CONFIG_PATH: first } : { KUBE_CONFIG_PATHS: [first, ...more].join(pathSeparator) };
}
