import { type Credentials, isOfAnother } from "../../aws/client/credentials.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { readFileText, type StoredLocation } from "./credential_file.ts";
import { type CredentialLocation, listOwnPlaces, makeOwnPlace, placeIn } from "./credential_file_place.ts";
import { findStored, type StoredFor } from "./credential_file_text.ts";
import { readIfUsable } from "./file_problem.ts";

interface ToPlace extends StoredLocation {
  readonly credentials: Credentials;
}

interface Candidate {
  readonly place: CredentialLocation;
  readonly found: StoredFor | undefined;
}

/**
 * Returns where new credentials go: where the same account and principal has been stored, else to the first place that no
 * other has, else to one of their own. A program that was started with a place must not become another one. Permissions:
 * read, sys (uid).
 */
export async function choosePlace(host: Needs<"read" | "sys">, input: ToPlace): Promise<CredentialLocation> {
  const { place, fingerprint, credentials: { account, principal } } = input;
  const all = listCandidates(host, input);
  const isSame = ({ found }: Candidate) => found !== undefined && !isOfAnother(found.credentials, input.credentials);
  const same = all.find((one) => one.found?.isForFingerprint && isSame(one)) ??
    all.find((one) => one.found?.isFormer && isSame(one));
  const chosen = same ?? all.find(({ found }) => isFree(found));
  if (chosen !== undefined) return chosen.place;
  return makeOwnPlace(place, `${fingerprint}-${await sha256Hex(JSON.stringify([account, principal]))}`);
}

/** Returns the places where a fingerprint's credentials are those of another account or principal than these. */
export function listOtherPrincipals(host: Needs<"read" | "sys">, input: ToPlace): readonly CredentialLocation[] {
  return listCandidates(host, input).filter(({ found }) => isOtherPrincipal(found, input.credentials))
    .map(({ place }) => place);
}

/** Returns whether what is stored is of the same fingerprint, and of another account or principal. */
export function isOtherPrincipal(found: StoredFor | undefined, credentials: Credentials): found is StoredFor {
  return found?.isForFingerprint === true && isOfAnother(found.credentials, credentials);
}

/** Returns whether these credentials may take the place of what is stored. */
export function mayReplace(found: StoredFor | undefined, credentials: Credentials): boolean {
  if (found === undefined || isFree(found)) return true;
  return (found.isForFingerprint || found.isFormer) && !isOfAnother(found.credentials, credentials);
}

/** What does not say what it is, as the Go atmos writes it, may be replaced. */
function isFree(found: StoredFor | undefined): boolean {
  return found === undefined || !(found.isTaken || found.isForFingerprint);
}

/** The place that is given first, then the usual one. */
function listCandidates(host: Needs<"read" | "sys">, { place, fingerprint }: StoredLocation): readonly Candidate[] {
  const usual = placeIn(providerDirectory(place.credentials), place.profile);
  const places = [place, usual, ...listOwnPlaces(host, { place: usual, fingerprint })];
  const once = new Map(places.map((one) => [one.credentials, one]));
  return [...once.values()].map((one) => ({ place: one, found: lookAt(host, { place: one, fingerprint }) }));
}

/** What cannot be read cannot be written either, which is told then. */
function lookAt(host: Needs<"read" | "sys">, { place, fingerprint }: StoredLocation): StoredFor | undefined {
  const { profile, credentials: path } = place;
  return readIfUsable(() => findStored(readFileText(host, path), { profile, path, fingerprint }));
}
