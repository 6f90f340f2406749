import { Secret } from "../../secret.ts";

/** What docker logs in with, as the user AWS. */
export interface RegistryToken {
  readonly password: Secret;
  /** Milliseconds since the epoch. */
  readonly expiration: number | undefined;
}

/** As the services of ECR answer it. */
export interface AuthorizationData {
  readonly authorizationToken?: string | undefined;
  readonly expiresAt?: Date | undefined;
}

/** Takes the password of an answer into safe keeping; undefined when there is none in it. */
export function tokenOf(data: AuthorizationData | undefined): RegistryToken | undefined {
  const text = decoded(data?.authorizationToken ?? "");
  if (!text.startsWith("AWS:") || text.length < 5) return undefined;
  return { password: new Secret(text.slice(4)), expiration: data?.expiresAt?.getTime() };
}

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(base64));
  } catch {
    return "";
  }
}
