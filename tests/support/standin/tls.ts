/** An authority of its own and a server certificate for localhost; made by openssl. */
export interface TestAuthority {
  readonly caPath: string;
  readonly certPath: string;
  readonly keyPath: string;
}

/** undefined without openssl. Files go below `folder`. Permissions run, write. */
export function makeAuthority(folder: string): TestAuthority | undefined {
  const at = (name: string) => `${folder}/${name}`;
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const name = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE"];
  const made =
    openssl(["req", "-x509", ...key, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-subj", "/CN=test ca"]) &&
    openssl([
      ...["req", "-x509", ...key, "-CA", at("ca.pem"), "-CAkey", at("ca.key")],
      ...["-keyout", at("server.key"), "-out", at("server.pem"), "-subj", "/CN=localhost", ...name],
    ]);
  return made ? { caPath: at("ca.pem"), certPath: at("server.pem"), keyPath: at("server.key") } : undefined;
}

function openssl(args: readonly string[]): boolean {
  try {
    return new Deno.Command("openssl", { args: [...args], stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
