import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import { expandHome, join, resolve } from "../store/paths.ts";

/**
 * The directory of docker's config.json, absolute: $DOCKER_CONFIG or ~/.docker. AppError "docker-config" without HOME.
 * Permissions: env, read (current directory). https://docs.docker.com/reference/cli/docker/#change-the-docker-directory
 */
export function dockerDirectory(host: Needs<"env" | "read">): string {
  const said = host.env.get("DOCKER_CONFIG");
  if (said !== undefined) return resolve(host.read.cwd(), said);
  const home = expandHome(host, "~/.docker");
  if (home !== undefined) return home;
  throw new AppError("docker-config", "Cannot determine docker's config.json: HOME is not set", {
    hint: "Set HOME or DOCKER_CONFIG",
  });
}

/** Docker's config.json in it. Errors and permissions as {@link dockerDirectory}. */
export function dockerConfigFile(host: Needs<"env" | "read">): string {
  return join(dockerDirectory(host), "config.json");
}
