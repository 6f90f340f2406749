import { type Credentials, reveal } from "../../aws/client/credentials.ts";
import type { CredentialPlace } from "../files/credential_file_place.ts";
import type { FileProblem } from "../files/file_problem.ts";
import { timestamp } from "../files/credential_file_text.ts";

export type Variables = Readonly<Record<string, string>>;

/** Where the programs that are started find the credentials. */
export type CredentialSource =
  | { readonly kind: "files"; readonly place: CredentialPlace }
  /** Where no file can be written, or is to be; `unsaved` is why they are not in the files where they were to be. */
  | { readonly kind: "memory"; readonly credentials: Credentials; readonly unsaved?: FileProblem }
  /** aws/ambient: they are in the environment already. */
  | { readonly kind: "ambient" };

export interface EnvironmentInput {
  readonly source: CredentialSource;
  readonly region: string | undefined;
  /** When the credentials expire, milliseconds since the epoch. */
  readonly expiration: number | undefined;
  /** The identity's `env`. */
  readonly env: readonly { readonly key: string; readonly value: string }[];
  /** Files of the linked clusters, absolute, the most important first. */
  readonly kubeconfigs: readonly string[];
  /** KUBECONFIG as the user has it, or the path of ~/.kube/config where that file is there. */
  readonly userKubeconfig: string | undefined;
  /** Directory of docker's config.json, where registries are linked. */
  readonly dockerConfig: string | undefined;
  /** Between the paths of a list. */
  readonly pathSeparator: ":" | ";";
}

/** The variables of a logged-in identity. What the identity's `env` says wins. */
export function environmentOf(input: EnvironmentInput): Variables {
  const own = Object.fromEntries(input.env.map(({ key, value }) => [key, value]));
  return {
    ...sourceVariables(input.source),
    ...regionVariables(input),
    ...(input.dockerConfig === undefined ? {} : { DOCKER_CONFIG: input.dockerConfig }),
    ...("KUBE_CONFIG_PATH" in own || "KUBE_CONFIG_PATHS" in own ? {} : terraformVariables(input)),
    ...own,
    ...kubeconfigVariable(input, own["KUBECONFIG"] ?? input.userKubeconfig),
  };
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

/** The first file is the one whose current-context counts, and the one that `kubectl config` writes to. */
function kubeconfigVariable({ kubeconfigs, pathSeparator }: EnvironmentInput, user: string | undefined): Variables {
  if (kubeconfigs.length === 0) return {};
  const theirs = (user ?? "").split(pathSeparator).filter((path) => path !== "");
  return { KUBECONFIG: [...new Set([...kubeconfigs, ...theirs])].join(pathSeparator) };
}

/** The kubernetes provider takes one of the two: its arguments config_path and config_paths exclude each other. */
function terraformVariables({ kubeconfigs, pathSeparator }: EnvironmentInput): Variables {
  const [first, ...more] = new Set(kubeconfigs);
  if (first === undefined) return {};
  return more.length === 0 ? { KUBE_CONFIG_PATH: first } : { KUBE_CONFIG_PATHS: [first, ...more].join(pathSeparator) };
}
