const PLACEHOLDER = "REPOSITORY=OWNER/atmos\n";

/** Returns install.sh with the repository that its release is in. Throws RangeError for what is no OWNER/REPOSITORY. */
export function nameRepository(script: string, repository: string): string {
  if (script.split(PLACEHOLDER).length !== 2) throw new Error("install.sh does not name its repository exactly once");
  return script.replace(PLACEHOLDER, `REPOSITORY=${checkRepository(repository)}\n`);
}

/** Returns the repository. Throws RangeError for what is no OWNER/REPOSITORY of GitHub. */
export function checkRepository(repository: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/.test(repository)) return repository;
  throw new RangeError(`"${repository}" is no OWNER/REPOSITORY`);
}
