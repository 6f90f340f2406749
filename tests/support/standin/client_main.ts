import { describeCluster } from "../../../src/aws/eks/eks.ts";
import { openSession } from "../../../src/aws/credentials/session.ts";
import { AppError } from "../../../src/errors.ts";
import { denoHost } from "../../../src/host/deno.ts";

/** The process behind runClient: one line of JSON on stdout. */
async function main(text: string): Promise<unknown> {
  const { name, ...input } = JSON.parse(text);
  const host = denoHost();
  try {
    const session = await openSession(host, input);
    const found = { region: session.region, accessKeyId: session.credentials.accessKeyId };
    return name === undefined ? found : { ...found, cluster: await describeCluster(host, { ...session, name }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
}

console.log(JSON.stringify(await main(Deno.args[0] ?? "{}")));
Deno.exit(0);
