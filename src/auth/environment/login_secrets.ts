import type { AuthModel } from "../model/model.ts";
import { Secret } from "../../secret.ts";
import type { Variables } from "./environment.ts";

/**
 * What opens the keyring or the company's page, and what gets a CI job's token: a program could log in with it. The
 * address to ask for that token, ACTIONS_ID_TOKEN_REQUEST_URL, is no secret and gives nothing without it.
 */
const NAMES: readonly string[] = ["ATMOS_KEYRING_PASSWORD", "ATMOS_SAML_PASSWORD", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"];

/**
 * Returns the names of the parent's variables that are there so that atmos can log in, and that no program is handed
 * which is started as an identity: also those that the configuration names for a password, and those whose value it
 * takes as a secret (`!env`). A program that needs one gets it from the `env` of its identity, which names it.
 */
export function loginSecretsAmong(
  parent: Variables,
  model: Pick<AuthModel, "keyring" | "providers" | "identities">,
): readonly string[] {
  const { keyring } = model;
  const configured = "passwordEnv" in keyring ? keyring.passwordEnv : undefined;
  const names = [...NAMES, configured, parent["ATMOS_KEYRING_PASSWORD_ENV"]].map((name) => name?.toUpperCase());
  const values = new Set([...model.providers.values(), ...model.identities.values()].flatMap(secretsIn));
  return Object.keys(parent).filter((name) => names.includes(name.toUpperCase()) || values.has(parent[name]!));
}

/** Every secret in a part of the configuration, at any depth. */
function secretsIn(value: unknown): readonly string[] {
  if (value instanceof Secret) return value.reveal() === "" ? [] : [value.reveal()];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
