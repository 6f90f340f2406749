/** The presigned URL in a token, or in the ExecCredential that has it. */
export function urlOfToken(text: string): URL {
  const token: string = text.startsWith("{") ? JSON.parse(text).status.token : text;
  return new URL(atob(token.slice("k8s-aws-v1.".length).replaceAll("-", "+").replaceAll("_", "/")));
}

/** The access key that signed it. */
export function keyOfToken(text: string): string {
  return urlOfToken(text).searchParams.get("X-Amz-Credential")!.split("/")[0]!;
}

export function execInfo(spec: Readonly<Record<string, unknown>> = {}, version = "v1"): string {
  return JSON.stringify({ kind: "ExecCredential", apiVersion: `client.authentication.k8s.io/${version}`, spec });
}
