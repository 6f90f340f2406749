export interface Peer {
  readonly label: string;
  readonly path: string;
}

/** Every `aws` worth comparing with: the one on PATH and, when that is a pyenv shim, the program behind it. */
export function awsPeers(): readonly Peer[] {
  const path = onPath("aws");
  if (path === undefined) {
    console.log("SKIP comparison with aws: it is not on PATH");
    return [];
  }
  const behind = isPyenvShim(path) ? pyenvWhich("aws") : undefined;
  if (behind === undefined) return [{ label: "aws", path }];
  return [{ label: "aws on PATH (pyenv shim)", path }, { label: "aws itself", path: behind }];
}

/** The `aws` that does the work, without the shim. */
export function realAws(): Peer | undefined {
  return awsPeers().at(-1);
}

export function kubectlPeer(): Peer | undefined {
  const path = onPath("kubectl");
  if (path === undefined) console.log("SKIP comparison with kubectl: it is not on PATH");
  return path === undefined ? undefined : { label: "kubectl", path };
}

function onPath(name: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => `${folder}/${name}`).find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function isPyenvShim(path: string): boolean {
  if (Deno.statSync(path).size > 10_000) return false;
  const text = Deno.readTextFileSync(path);
  return text.startsWith("#!") && text.includes("pyenv");
}

function pyenvWhich(name: string): string | undefined {
  try {
    const { success, stdout } = new Deno.Command("pyenv", { args: ["which", name], stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined;
  }
}
