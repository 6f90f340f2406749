/** What a server of releases may do wrong. */
export interface ReleasesOptions {
  readonly program?: string;
  /** The text of SHA256SUMS. */
  readonly sums?: (name: string, sum: string) => string;
  /** Files whose names start so are not there. */
  readonly missing?: string;
  /** The executable ends too early, with or without a Content-Length that tells. */
  readonly cut?: "announced" | "silent";
}

export interface Releases extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: readonly string[];
}

/** Serves a release: any executable by its name, and its checksums; below /redirect/ by way of a redirect. Permission: net. */
export function startReleases(options: ReleasesOptions): Releases {
  const requests: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const path = new URL(url).pathname;
    requests.push(path);
    if (path.startsWith("/redirect/")) return Response.redirect(new URL(path.slice("/redirect".length), url), 302);
    return await answer(path.slice(1), options);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The name of the executable for this machine. */
export const ASSET = `atmos-${Deno.build.os === "darwin" ? "macos" : "linux"}-${
  Deno.build.arch === "aarch64" ? "arm64" : "x64"
}`;

async function answer(name: string, { program = "", sums, missing, cut }: ReleasesOptions): Promise<Response> {
  if (missing !== undefined && name.startsWith(missing)) return new Response("none", { status: 404 });
  if (name === "SHA256SUMS") {
    const sum = await sha256(program);
    return new Response(sums === undefined ? `${"1".repeat(64)}  other\n${sum}  ${ASSET}\n` : sums(ASSET, sum));
  }
  if (name !== ASSET) return new Response("none", { status: 404 });
  return cut === undefined ? new Response(program) : cutOff(program, cut);
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

function cutOff(program: string, cut: "announced" | "silent"): Response {
  const half = new TextEncoder().encode(program.slice(0, program.length / 2));
  if (cut === "silent") return new Response(half);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(half);
      controller.close();
    },
  });
  return new Response(stream, { headers: { "content-length": String(program.length) } });
}
